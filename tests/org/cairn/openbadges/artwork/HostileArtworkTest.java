package org.cairn.openbadges.artwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.openbadges.Artworks;
import org.cairn.openbadges.Pictures;
import org.cairn.testing.Hostile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that no institution should upload, each named by what is wrong with it, and a word of the sentence that says so. */
class HostileArtworkTest {

    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"";

    static Stream<Arguments> files() {
        var files = new LinkedHashMap<String, Object>();
        pngs(files);
        documents(files);
        elements(files);
        attributes(files);
        references(files);
        amounts(files);
        return files.entrySet().stream().map(one -> {
            var parts = one.getKey().split(" → ");
            return Arguments.of(parts[0], parts[1], one.getValue());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void what_is_wrong_with_a_file_is_said_and_it_is_not_taken(String what, String said, Object file) {
        var bytes = file instanceof byte[] png ? png : file.toString().getBytes(StandardCharsets.UTF_8);
        Hostile.read(() -> {
            var problem = catchThrowableOfType(Problem.class, () -> ArtworkFile.read(bytes));
            assertThat(problem).as(what).isNotNull();
            assertThat(problem.sentence()).as(what).contains(said).endsWith(".");
        });
    }

    private static void pngs(Map<String, Object> files) {
        var good = Artworks.png(64, 64, Color.RED);
        files.put("nothing at all → neither a PNG nor an SVG", new byte[0]);
        files.put("a file of 512 KB and a byte → 512 KB", Arrays.copyOf(good, ArtworkFile.LARGEST + 1));
        files.put("a GIF → neither a PNG nor an SVG", "GIF89a\1\0\1\0");
        files.put("a PDF → neither a PNG nor an SVG", "%PDF-1.7");
        files.put("a signature and nothing after → cut off", Arrays.copyOf(good, 8));
        files.put("a PNG that was cut off → cut off", Arrays.copyOf(good, good.length - 20));
        files.put("a bomb of a million by a million pixels → larger than", Artworks.png(1_000_000, 1_000_000, 8, 6, 9));
        files.put("a bomb of 2049 pixels in height → larger than", Artworks.png(64, 2049, 8, 6, 9));
        files.put("a bomb of minus one pixel → larger than", Artworks.png(-1, 64, 8, 6, 9));
        files.put("a PNG of no width → larger than", Artworks.png(0, 64, 8, 6, 9));
        files.put("a head that lies about its pixels → damaged", Artworks.png(2048, 2048, 8, 6, 9));
        files.put("a depth of 7 bits → damaged", Artworks.png(64, 64, 7, 6, 9999));
        files.put("a type of pixels that is none → damaged", Artworks.png(64, 64, 8, 5, 9999));
        files.put("a palette of more than its depth → damaged", Artworks.png(64, 64, 1, 3, 9999));
        files.put("no head first → head", Pictures.png(Pictures.chunk("IDAT", new byte[9])));
        files.put("two heads → head", twoHeads());
        files.put("a wrong checksum → checksum", changed(good, 8 + 25 + 12));
        files.put("a part of two thousand million bytes → cut off", changed(good, 8 + 25));
        files.put(
                "a critical part that nobody knows → no reader knows",
                Artworks.png(64, 64, 8, 6, 99999, Pictures.chunk("EVIL", new byte[3])));
        files.put(
                "a part whose name is no name → no name",
                Artworks.png(64, 64, 8, 6, 99999, Pictures.chunk("i\0x1", new byte[3])));
        files.put("pixels of nothing but transparency → Nothing is to be seen", Artworks.png(64, 64, 8, 6, 64 * 257));
        files.put("a picture of 8 pixels → smaller than", Artworks.png(8, 8, Color.RED));
        files.put("a strip → four times", Artworks.png(500, 20, Color.RED));
    }

    private static void documents(Map<String, Object> files) {
        files.put("an HTML page → no SVG", "<html><script>alert(1)</script></html>");
        files.put("an SVG of no namespace → no SVG", "<svg viewBox='0 0 9 9'/>");
        files.put(
                "an svg of another namespace → no SVG",
                "<svg xmlns='http://www.w3.org/1999/xhtml' viewBox='0 0 9 9'/>");
        files.put("a root that is no svg → no SVG", "<g xmlns='http://www.w3.org/2000/svg'/>");
        files.put("XML without its end → not whole", SVG + "><g>");
        files.put("two roots → not whole", SVG + "/>" + SVG + "/>");
        files.put("an SVG in UTF-16 → neither", (SVG + "/>").getBytes(StandardCharsets.UTF_16));
        files.put("half a character → neither", new byte[] {'<', 's', (byte) 0xc3});
        files.put(
                "a billion laughs → DOCTYPE",
                "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>" + SVG + ">&b;</svg>");
        files.put(
                "a file of the server → DOCTYPE",
                "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + SVG + ">&x;</svg>");
        files.put(
                "a document type of elsewhere → DOCTYPE",
                "<!DOCTYPE svg SYSTEM 'http://169.254.169.254/x.dtd'>" + SVG + "/>");
        files.put("an entity that nobody declared → not whole", SVG + ">&x;</svg>");
        files.put(
                "a style sheet of elsewhere → style sheet",
                "<?xml-stylesheet href='https://evil.example/x.css'?>" + SVG + "/>");
        files.put("no size → how large", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        files.put(
                "a size in percent → how large",
                "<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%'/>");
        files.put("a view box of no height → how large", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 0'/>");
        files.put(
                "a view box of infinity → how large",
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1e99 Infinity'/>");
        files.put("an empty drawing → Nothing is to be seen", SVG + "/>");
    }

    private static void elements(Map<String, Object> files) {
        files.put("a script → script", drawing("<script>alert(1)</script>"));
        files.put(
                "a script in a group in a group → script",
                drawing("<g><g><script href='//evil.example/x.js'/></g></g>"));
        files.put("HTML inside of it → foreignObject", drawing("<foreignObject><x/></foreignObject>"));
        files.put(
                "a picture of elsewhere → another picture", drawing("<image href='https://evil.example/track.png'/>"));
        files.put("a picture inside of it → another picture", drawing("<image href='data:image/png;base64,AAAA'/>"));
        files.put("a use of another document → clones", drawing("<use href='https://evil.example/x.svg#a'/>"));
        files.put("a use of itself → clones", drawing("<g id='a'><use href='#a'/></g>"));
        files.put("a link → “a”", drawing("<a href='javascript:alert(1)'><rect/></a>"));
        files.put("an animation → “animate”", drawing("<rect><animate attributeName='x' to='9' dur='1s'/></rect>"));
        files.put("a set of an event → “set”", drawing("<rect><set attributeName='onclick' to='alert(1)'/></rect>"));
        files.put(
                "an import of styles → style sheet",
                drawing("<style>@import url(https://evil.example/x.css);</style>"));
        files.put("a filter → “filter”", drawing("<filter id='f'><feImage href='https://evil.example'/></filter>"));
        files.put("a pattern → “pattern”", drawing("<pattern id='p'><rect/></pattern>"));
        files.put("a mask → “mask”", drawing("<mask id='m'><rect/></mask>"));
        files.put("letters → into paths", drawing("<text x='1' y='9'>EQF LEVEL 8</text>"));
        files.put("an svg in the svg → “svg”", drawing("<svg viewBox='0 0 9 9'/>"));
        files.put("a shape in a shape → “rect”", drawing("<rect><rect/></rect>"));
        files.put("a stop outside of a gradient → “stop”", drawing("<stop offset='0'/>"));
    }

    private static void attributes(Map<String, Object> files) {
        files.put("an event → onload", drawing("<rect onload='alert(1)'/>"));
        files.put("an event of the root → onclick", SVG + " onclick='alert(1)'><rect width='9' height='9'/></svg>");
        files.put("a link on a shape → href", drawing("<rect href='#x'/>"));
        files.put("a style that fetches → background", drawing("<rect style='background:url(https://evil.example)'/>"));
        files.put("a paint that fetches → fill", drawing("<rect fill='url(https://evil.example/#a)'/>"));
        files.put("a paint that is a script → fill", drawing("<rect fill='url(javascript:alert(1))'/>"));
        files.put("a style with a comment in it → fill", drawing("<rect style='fill:/**/expression(alert(1))'/>"));
        files.put("a style that is no list → style", drawing("<rect style='fill'/>"));
        files.put("a filter by name → filter", drawing("<rect filter='url(#f)'/>"));
        files.put("dashes → stroke-dasharray", drawing("<path d='M0 0H9' stroke='red' stroke-dasharray='1e-9'/>"));
        files.put("a length of not a number → width", drawing("<rect width='NaN'/>"));
        files.put("a length of letters' sizes → width", drawing("<rect width='9em'/>"));
        files.put("a number beyond all pictures → “d”", drawing("<path d='M0 0L1e30 0'/>"));
        files.put("a path that is a script → “d”", drawing("<path d='M0 0 alert(1)'/>"));
        files.put("numbers after a close, which is read for ever → “d”", drawing("<path d='M1-1z .5l.5.5'/>"));
        files.put("a path that begins with a line → “d”", drawing("<path d='L9 9'/>"));
        files.put("a path that begins with a number → “d”", drawing("<path d='9 9L9 9'/>"));
        files.put("a curve of five numbers → “d”", drawing("<path d='M0 0C1 2 3 4 5'/>"));
        files.put("a line to nowhere → “d”", drawing("<path d='M0 0LH9'/>"));
        files.put("a move to nowhere → “d”", drawing("<path d='M'/>"));
        files.put("an arc that goes a third way → “d”", drawing("<path d='M0 0A9 9 0 2 0 9 9'/>"));
        files.put("a colour that is a function → fill", drawing("<rect fill='attr(x)'/>"));
        files.put("transforms without end → transform", drawing("<g transform='" + "scale(9)".repeat(21) + "'/>"));
        files.put("a transform that is none → transform", drawing("<g transform='explode(1)'/>"));
    }

    private static void references(Map<String, Object> files) {
        var gradient = "<linearGradient id='%s' href='#%s'><stop offset='0'/></linearGradient>";
        files.put("a paint of nothing → fill", drawing("<rect fill='url(#nothing)'/>"));
        files.put(
                "a paint that is a clip → fill", drawing("<clipPath id='c'><rect/></clipPath><rect fill='url(#c)'/>"));
        files.put(
                "a clip that is a paint → clip-path",
                drawing(gradient.formatted("a", "a").replace(" href='#a'", "") + "<rect clip-path='url(#a)'/>"));
        files.put(
                "a clip that clips itself → clip-path",
                drawing("<clipPath id='c'><rect clip-path='url(#c)'/></clipPath>"));
        files.put("a gradient of itself → href", drawing(gradient.formatted("a", "a")));
        files.put("gradients in a ring → href", drawing(gradient.formatted("a", "b") + gradient.formatted("b", "a")));
        files.put(
                "gradients in a ring by style → href",
                drawing("<linearGradient id='a' style='href:#b'/><linearGradient id='b' style='href:#a'/>"));
        files.put("a gradient of elsewhere → href", drawing("<linearGradient href='https://evil.example/#a'/>"));
        files.put("one id twice → have the id", drawing(gradient.formatted("a", "b") + gradient.formatted("a", "b")));
    }

    private static void amounts(Map<String, Object> files) {
        files.put("two thousand and one elements → more than", drawing("<g/>".repeat(2001)));
        files.put("groups 33 deep → nested", drawing("<g>".repeat(33) + "</g>".repeat(33)));
        files.put(
                "the same in another namespace → nested",
                drawing("<x:g xmlns:x='urn:x'>".repeat(33) + "</x:g>".repeat(33)));
        files.put(
                "more lines than anybody sees, and an arc whose ways look like a number → more lines",
                drawing("<path d='M0 0a1 1 0 019999999 0a1 1 0 01-9999999 0" + "h9v9".repeat(15_001) + "'/>"));
        files.put(
                "more lines than anybody sees → more lines", drawing("<path d='M0 0" + "h9v9".repeat(15_001) + "'/>"));
        files.put(
                "more lines with a stroke → more lines",
                drawing("<g stroke='red'><path d='M0 0" + "h9v9".repeat(2_001) + "'/></g>"));
        files.put(
                "a clip of many lines → more lines",
                drawing("<clipPath id='c'><path d='M0 0" + "h9v9".repeat(51) + "'/></clipPath>"));
        files.put(
                "many clips → more lines",
                drawing("<clipPath id='c'><rect/></clipPath>" + "<g clip-path='url(#c)'/>".repeat(17)));
        files.put(
                "curves that end beyond the horizon → reaches too far",
                drawing("<path d='M0 0" + "C9e6 9 9 9e6 9 9".repeat(9) + "'/>"));
        files.put(
                "scales of scales → reaches too far",
                drawing("<g transform='scale(900)'><g transform='matrix(900 0 0 900 0 0)'><circle r='9'/></g></g>"));
        files.put(
                "a skew to the horizon → reaches too far",
                drawing("<path transform='skewX(89.99999)' d='M0 0Q9 9 18 0'/>"));
        files.put(
                "mirrors of mirrors → reaches too far",
                drawing("<path d='M0 0Q99 99 0 9" + "T9 0T0 9".repeat(2000) + "'/>"));
        files.put(
                "a line as wide as the world → reaches too far",
                drawing("<g stroke-width='9e6'><path stroke='red' d='M0 0Q9 9 9 0'/></g>"));
        files.put("a million percent → rx", drawing("<ellipse rx='1000000%' ry='9'/>"));
        files.put(
                "a clip in the size of whatever it clips → clipPathUnits",
                drawing("<clipPath id='c' clipPathUnits='objectBoundingBox'/>"));
        files.put("a strip of an SVG → four times", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 1e-9'/>");
        files.put(
                "a gradient of many stops → more lines",
                drawing("<linearGradient>" + "<stop offset='0'/>".repeat(101) + "</linearGradient>"));
    }

    private static byte[] drawing(String inside) {
        return Artworks.svg(inside);
    }

    private static byte[] twoHeads() {
        var head = Arrays.copyOfRange(Artworks.png(64, 64, 8, 6, 9), 8, 8 + 25);
        return Artworks.png(64, 64, 8, 6, 9, head);
    }

    private static byte[] changed(byte[] file, int at) {
        var changed = file.clone();
        changed[at] ^= 0x7f;
        return changed;
    }
}
