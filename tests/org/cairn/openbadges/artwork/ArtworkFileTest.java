package org.cairn.openbadges.artwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.cairn.openbadges.Artworks;
import org.cairn.openbadges.Pictures;
import org.cairn.openbadges.image.Artwork;
import org.cairn.openbadges.image.Colour;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pictures that may be uploaded. */
class ArtworkFileTest {

    @ParameterizedTest
    @CsvSource({
        "64, 64, 64, 64",
        "320, 320, 320, 320",
        "2048, 2048, 320, 320",
        "1000, 500, 320, 160",
        "300, 1200, 80, 320"
    })
    void a_png_keeps_its_proportions_within_320_pixels(int width, int height, int keptWidth, int keptHeight) {
        var kept = ArtworkFile.read(Artworks.png(width, height, Color.RED)).image();
        assertThat(List.of(kept.getWidth(), kept.getHeight())).containsExactly(keptWidth, keptHeight);
        assertThat(kept.getRGB(keptWidth / 2, keptHeight / 2)).isEqualTo(0xffff0000);
        assertThat(kept.getRGB(0, 0) >>> 24).isZero();
        // The rim is half red, and not half black.
        assertThat(kept.getRGB(keptWidth / 2, 0) & 0xffff).isZero();
    }

    @Test
    void nothing_of_a_png_survives_but_its_pixels() {
        var good = Artworks.png(64, 64, Color.RED);
        var file = new ByteArrayOutputStream();
        file.write(good, 0, 8 + 25);
        for (var part : List.of("tEXt", "zTXt", "eXIf", "iCCP", "acTL", "fcTL", "fdAT", "pHYs", "gAMA", "evIl")) {
            file.writeBytes(Pictures.chunk(part, ("secret-" + part + "\0\0").getBytes(StandardCharsets.ISO_8859_1)));
        }
        file.writeBytes(Pictures.itxt("openbadgecredential", 0, "secret-credential"));
        file.write(good, 8 + 25, good.length - 8 - 25);
        file.writeBytes("PK\3\4secret-archive".getBytes(StandardCharsets.ISO_8859_1));
        var kept = ArtworkFile.read(file.toByteArray());
        assertThat(parts(kept.png())).containsOnly("IHDR", "IDAT", "IEND");
        assertThat(new String(kept.png(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(kept.digest()).isEqualTo(ArtworkFile.read(good).digest());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void every_type_of_pixels_keeps_its_colours(int type) {
        var image = new BufferedImage(64, 64, type);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, 0xff666666);
        }
        int wanted =
                type == BufferedImage.TYPE_USHORT_GRAY || type == BufferedImage.TYPE_BYTE_GRAY ? grey(image) : 0x66;
        assertThat(pixel(Artworks.png(image)) & 0xff).isCloseTo(wanted, within(1));
    }

    @Test
    void sixteen_bits_become_eight_and_grey_with_alpha_becomes_no_lighter() {
        var space = ColorSpace.getInstance(ColorSpace.CS_GRAY);
        var model = new ComponentColorModel(space, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_USHORT);
        var raster = model.createCompatibleWritableRaster(64, 64);
        for (int i = 0; i < 64 * 64; i++) {
            raster.setPixel(i % 64, i / 64, new int[] {0x6655, 0xffff});
        }
        assertThat(pixel(Artworks.png(new BufferedImage(model, raster, false, null))))
                .isEqualTo(0xff666666);
    }

    @Test
    void an_interlaced_png_is_read() throws Exception {
        var image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        image.setRGB(50, 50, 0xffffff);
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("png").next();
        var how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new javax.imageio.IIOImage(image, null, null), how);
        }
        assertThat(bytes.toByteArray()[28]).as("interlace method").isEqualTo((byte) 1);
        assertThat(ArtworkFile.read(bytes.toByteArray()).image().getRGB(50, 50)).isEqualTo(0xffffffff);
    }

    @Test
    void an_svg_is_drawn_with_its_gradients_clips_and_transforms() {
        var drawn = Artworks.lighthouse().image();
        assertThat(drawn.getWidth()).isEqualTo(320);
        assertThat(drawn.getRGB(2, 2) >>> 24).as("outside of the clip").isZero();
        assertThat(drawn.getRGB(160, 230))
                .as("the tower, below the sea's 80 percent")
                .isNotZero();
        assertThat(new Color(drawn.getRGB(160, 64))).as("the lamp").isEqualTo(new Color(0xff6347));
        var sky = new Color(drawn.getRGB(60, 80));
        assertThat(sky.getRed()).isGreaterThan(240);
        assertThat(sky.getBlue()).isLessThan(80);
    }

    @Test
    void the_same_svg_gives_the_same_name_and_its_bytes_are_read_back() {
        var one = Artworks.lighthouse();
        assertThat(one.digest()).isEqualTo(Artworks.lighthouse().digest()).hasSize(64);
        var kept = Artwork.kept(one.png());
        assertThat(kept.digest()).isEqualTo(one.digest());
        assertThat(parts(kept.png())).containsOnly("IHDR", "IDAT", "IEND");
    }

    @Test
    void what_is_drawn_was_written_anew_and_names_nothing_of_the_file() {
        var document = SvgFile.read(Artworks.LIGHTHOUSE.substring(Artworks.LIGHTHOUSE.indexOf("<svg")))
                .document(320, 320);
        assertThat(document)
                .startsWith(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0.0 0.0 100.0 100.0\" width=\"320\" height=\"320\"><g>")
                .contains("fill=\"url(#n", "href=\"#n", "clip-path=\"url(#n", "stop-color=\"#ffd54a\"")
                .doesNotContain(
                        "style", "inkscape", "sodipodi", "Lighthouse", "rdf", "sky", "#round", "data-", "font", "<!--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rect width='50%' height='9' fill='RED'/>",
                "<path d='M1-1.5l.5.5a1 1 0 01-.5.5e-1z' fill='#abcd' fill-rule='evenodd'/>",
                "<rect fill='none' stroke='currentColor' filter='none' style='mix-blend-mode:normal;mask:none'/>",
                "<g visibility='hidden' display='inline'><line x1='0' y1='0' x2='9' y2='9' stroke='rgba(1,2,3,.5)'/></g>",
                "<radialGradient id='a b'/><circle r='9' fill='none'/>",
                "<ellipse cx='5' cy='5' rx='2' ry='3' transform='matrix(1 0 0 1 5 5) , skewX(10)'/>",
                "<polyline points='0,0 9 9\n1-1'/>"
            })
    void what_drawing_programs_write_is_taken(String inside) {
        assertThat(ArtworkFile.read(Artworks.svg(inside)).image().getWidth()).isEqualTo(320);
    }

    /** As much as the bounds allow, of what is dear to draw. */
    @Tag("deep")
    @ParameterizedTest
    @ValueSource(strings = {"lines", "curves", "fills", "clips", "gradients", "groups"})
    void the_dearest_drawing_that_is_taken_is_drawn_soon(String kind) {
        var file = Artworks.svg(dear(kind, new Random(7)));
        Hostile.read(() -> ArtworkFile.read(file));
    }

    @Test
    void how_much_of_it_stands_out_is_counted_of_what_is_seen() {
        var image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 100 * 100; i++) {
            image.setRGB(i % 100, i / 100, i % 100 < 30 ? 0xffffffff : i % 100 < 60 ? 0xff17545b : 0x0fffffff);
        }
        var artwork = ArtworkFile.read(Artworks.png(image));
        assertThat(artwork.standsOut(new Colour(0x17545b))).isEqualTo(0.5);
        assertThat(artwork.standsOut(Colour.WHITE)).isEqualTo(0.5);
        assertThat(artwork.standsOut(new Colour(0x777777))).isEqualTo(0.5);
    }

    private static String dear(String kind, Random random) {
        var path = new StringBuilder("M0 0");
        int count = kind.equals("fills") ? 14_900 : kind.equals("clips") ? 45 : 1_990;
        int reach = kind.equals("curves") ? 550 : 100;
        for (int i = 0; i < count && path.length() < 450_000; i++) {
            path.append(kind.equals("curves") && i % 3 == 0 ? 'C' : kind.equals("curves") ? ' ' : 'L')
                    .append(random.nextInt(reach))
                    .append(' ')
                    .append(random.nextInt(reach));
        }
        var shape = kind.equals("curves") ? path.substring(0, path.lastIndexOf("C")) : path.toString();
        return switch (kind) {
            case "fills" -> "<path d='%s' fill='red' fill-rule='evenodd'/>".formatted(shape);
            case "clips" ->
                "<clipPath id='c'><path d='%s'/></clipPath>".formatted(shape)
                        + "<g clip-path='url(#c)'>".repeat(15)
                        + "<rect width='100' height='100'/>"
                        + "</g>".repeat(15);
            case "gradients" ->
                "<radialGradient id='g'>" + "<stop offset='.5'/>".repeat(99) + "</radialGradient>"
                        + "<circle r='100' fill='url(#g)' opacity='.5'/>".repeat(1880);
            case "groups" ->
                "<g opacity='.5'><rect width='100' height='100'/>".repeat(30)
                        + "</g>".repeat(30)
                        + "<g opacity='.5'><rect width='100' height='100'/></g>".repeat(900);
            default ->
                "<path d='%s' stroke='red' stroke-width='50' stroke-linejoin='round' stroke-linecap='round'/>"
                        .formatted(shape);
        };
    }

    private static int pixel(byte[] file) {
        return ArtworkFile.read(file).image().getRGB(32, 32);
    }

    private static int grey(BufferedImage image) {
        int shift = image.getSampleModel().getSampleSize(0) - 8;
        return image.getRaster().getSample(32, 32, 0) >> shift;
    }

    private static List<String> parts(byte[] png) {
        var parts = new ArrayList<String>();
        var bytes = ByteBuffer.wrap(png).position(8);
        while (bytes.hasRemaining()) {
            int size = bytes.getInt();
            var name = new byte[4];
            bytes.get(name);
            parts.add(new String(name, StandardCharsets.ISO_8859_1));
            bytes.position(bytes.position() + size + 4);
        }
        return parts;
    }
}
