package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Motif;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** A picture that carries a credential is a whole picture still, for readers that are not ours too. */
class BakingTest {

    private static final String CREDENTIAL = "{\"name\":\"Ethik für \uD83D\uDE80 & <负责任> ]]> ]]>\",\"n\":1.50}";

    private static final Badge BADGE = new Badge(Badge.Kind.CERTIFICATE, "Responsible AI", 6, "ai", Design.NONE);

    @Test
    void a_baked_png_is_the_same_picture_and_pngcheck_finds_nothing_wrong_with_it() throws Exception {
        var bare = BADGE.picture().png(320);
        var baked = Baking.png(bare, CREDENTIAL);
        var before = ImageIO.read(new ByteArrayInputStream(bare));
        var after = ImageIO.read(new ByteArrayInputStream(baked));
        assertThat(after.getRGB(0, 0, 320, 320, null, 0, 320)).isEqualTo(before.getRGB(0, 0, 320, 320, null, 0, 320));
        assertThat(run("pngcheck", "-v", written(baked).toString()))
                .contains("chunk iTXt", "keyword: openbadgecredential", "No errors detected")
                .containsSubsequence("chunk IHDR", "chunk iTXt", "chunk IDAT");
    }

    @Test
    void exiftool_reads_the_credential_of_a_baked_png() throws Exception {
        var file = written(Baking.png(BADGE.picture().png(320), CREDENTIAL));
        assertThat(run("exiftool", "-b", "-PNG:all", "-X", file.toString())).contains("penbadgecredential");
        assertThat(run("exiftool", "-b", "-openbadgecredential", file.toString()))
                .isEqualTo(CREDENTIAL);
    }

    @Test
    void the_first_child_of_a_baked_svg_is_the_credential() throws Exception {
        var svg = Baking.svg(BADGE.picture().svg(), CREDENTIAL);
        var parser = DocumentBuilderFactory.newDefaultInstance();
        parser.setNamespaceAware(true);
        var root = parser.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        var first = (Element) root.getFirstChild();
        assertThat(first.getNamespaceURI()).isEqualTo("https://purl.imsglobal.org/ob/v3p0");
        assertThat(first.getTagName()).isEqualTo("openbadges:credential");
        assertThat(new ObjectMapper().readTree(first.getTextContent()))
                .isEqualTo(new ObjectMapper().readTree(CREDENTIAL));
        assertThat(((Element) first.getNextSibling()).getTagName()).isEqualTo("title");
    }

    @Test
    void a_badge_with_artwork_is_whole_by_other_tools_too_and_carries_its_credential() throws Exception {
        var artwork = Artworks.lighthouse();
        var motif = new Motif(artwork.digest(), "A lighthouse");
        var badge = new Badge(Badge.Kind.CERTIFICATE, "AI", 6, "ai", new Design(null, null, null, null, motif));
        var png = Baking.png(badge.picture(artwork).png(320), CREDENTIAL);
        var svg = Baking.svg(badge.picture(artwork).svg(), CREDENTIAL).getBytes(StandardCharsets.UTF_8);
        assertThat(Baked.find(png)).contains(CREDENTIAL);
        assertThat(new ObjectMapper().readTree(Baked.find(svg).orElseThrow()))
                .isEqualTo(new ObjectMapper().readTree(CREDENTIAL));
        assertThat(svg).hasSizeLessThan(Baked.LARGEST);
        assertThat(run("pngcheck", "-v", written(artwork.png()).toString())).contains("No errors", "(3 chunks");
        assertThat(run("exiftool", "-G", written(artwork.png()).toString()))
                .doesNotContain("[XMP]", "[EXIF]", "[ICC_Profile]", "Comment");
        assertThat(run("pngcheck", written(png).toString())).contains("OK:").doesNotContain("ERROR");
    }

    @Test
    void what_was_baked_is_found_again() throws IOException {
        assertThat(Baked.find(Baking.png(BADGE.picture().png(40), CREDENTIAL))).contains(CREDENTIAL);
        var svg = Baking.svg(BADGE.picture().svg(), CREDENTIAL).getBytes(StandardCharsets.UTF_8);
        assertThat(new ObjectMapper().readTree(Baked.find(svg).orElseThrow()))
                .isEqualTo(new ObjectMapper().readTree(CREDENTIAL));
    }

    private static Path written(byte[] picture) throws IOException {
        return Files.write(TestApp.folder().resolve("badge.png"), picture);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        boolean isThere = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0])));
        Assumptions.assumeTrue(isThere, "Skipped: there is no " + command[0] + " here.");
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
