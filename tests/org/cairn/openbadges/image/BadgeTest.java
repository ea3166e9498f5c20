package org.cairn.openbadges.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cairn.openbadges.Artworks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a badge shows, for every kind, level and name. */
class BadgeTest {

    private static final String LONG =
            "The ethics of automated decisions in public administration and their explanation to"
                    + " the people concerned: an introduction for those who buy, build, supervise or appeal against them, with cases";

    @ParameterizedTest
    @EnumSource(Badge.Kind.class)
    void the_same_badge_gives_the_same_bytes_and_another_id_others(Badge.Kind kind) {
        var one = badge(kind, "Bias in models", 6, "bias");
        assertThat(one.picture().svg())
                .isEqualTo(badge(kind, "Bias in models", 6, "bias").picture().svg());
        assertThat(one.picture().png(200))
                .isEqualTo(badge(kind, "Bias in models", 6, "bias").picture().png(200));
        assertThat(one.picture().svg())
                .isNotEqualTo(
                        badge(kind, "Bias in models", 6, "capstone").picture().svg());
    }

    @Test
    void neighbours_differ_in_colour_or_icon() {
        var looks = new HashSet<String>();
        IntStream.range(0, 50)
                .mapToObj(i -> badge(Badge.Kind.MICRO_CREDENTIAL, "Module", 6, "module-" + i))
                .forEach(one -> looks.add(one.ground().hex() + one.icon()));
        assertThat(looks).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @EnumSource(Badge.Kind.class)
    void the_shapes_of_the_kinds_differ(Badge.Kind kind) throws IOException {
        var own = outside(badge(kind, "Bias", 6, "bias"));
        for (var other : Badge.Kind.values()) {
            if (other != kind) {
                assertThat(differing(own, outside(badge(other, "Bias", 6, "bias"))))
                        .isGreaterThan(5);
            }
        }
    }

    @Test
    void a_recognition_badge_says_no_level_has_no_ribbon_and_is_pale() throws IOException {
        var recognition = badge(Badge.Kind.RECOGNITION, "Bias", 6, "bias");
        assertThat(recognition.title()).isEqualTo("Recognition: Bias");
        assertThat(recognition.picture().svg())
                .isEqualTo(badge(Badge.Kind.RECOGNITION, "Bias", null, "bias")
                        .picture()
                        .svg())
                .doesNotContain(recognition.ribbon().hex());
        for (var kind : Badge.Kind.values()) {
            var pixel = new Colour(image(badge(kind, "Bias", 6, "bias")).getRGB(260, 260) & 0xffffff);
            assertThat(pixel.readable()).isEqualTo(kind == Badge.Kind.RECOGNITION ? Colour.INK : Colour.WHITE);
        }
    }

    @Test
    void the_ribbon_is_copper_silver_or_gold_by_level() {
        var ribbons = IntStream.rangeClosed(1, 8)
                .mapToObj(level -> badge(Badge.Kind.CERTIFICATE, "Bias", level, "bias")
                        .ribbon()
                        .hex())
                .toList();
        assertThat(ribbons.subList(0, 3)).containsOnly("#e0a47c");
        assertThat(ribbons.subList(3, 5)).containsOnly("#d5dbe0");
        assertThat(ribbons.subList(5, 8)).containsOnly("#e7c27a");
    }

    @Test
    void the_picture_says_its_kind_level_and_name_in_words() {
        assertThat(badge(Badge.Kind.CERTIFICATE, "Responsible AI", 6, "ai")
                        .picture()
                        .svg())
                .contains("<title>Certificate, EQF level 6: Responsible AI</title>");
        assertThat(badge(Badge.Kind.MICRO_CREDENTIAL, "Bias", null, "b").title())
                .isEqualTo("Micro-credential: Bias");
    }

    @Test
    void whatever_the_id_the_ink_is_read_on_every_part_of_the_ground_and_the_ribbon_is_seen() {
        for (int i = 0; i < 500; i++) {
            var one = badge(Badge.Kind.MICRO_CREDENTIAL, "Bias", i % 9 == 0 ? null : i % 9, "id" + i);
            assertThat(one.ink().contrast(one.ground())).isGreaterThan(4.5);
            assertThat(one.ink().contrast(one.shaded(0.14))).isGreaterThan(4.5);
            assertThat(one.ribbon().contrast(one.ground())).isGreaterThan(3);
            assertThat(one.ribbon().readable().contrast(one.ribbon())).isGreaterThan(4.5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AI",
                "Bias in models",
                "Donaudampfschifffahrtsgesellschaftskapitän",
                "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
                LONG,
                "Ηθική της τεχνητής νοημοσύνης",
                "الذكاء الاصطناعي المسؤول",
                "בינה מלאכותית אחראית"
            })
    void a_name_of_any_length_and_direction_stays_within_its_badge(String name) {
        for (var kind : Badge.Kind.values()) {
            var badge = badge(kind, name, 6, "id");
            var letters = badge.lettered(Colour.WHITE, 200, 240, 100);
            var all = new Rectangle2D.Double(200, 200, 0, 0);
            letters.forEach(line ->
                    Rectangle2D.union(all, ((Picture.Outline) line).shape().getBounds2D(), all));
            assertThat(all.width).isBetween(20.0, 242.0);
            assertThat(all.height).isBetween(5.0, 106.0);
            assertThat(badge.picture().svg()).doesNotContain("<text", "NaN");
        }
    }

    @Test
    void a_name_in_letters_that_the_font_lacks_is_left_to_the_words_and_the_icon_is_larger() {
        var chinese = badge(Badge.Kind.MICRO_CREDENTIAL, "负责任的人工智能", 6, "id");
        assertThat(chinese.lettered(Colour.WHITE, 200, 240, 100)).isEmpty();
        assertThat(chinese.picture().svg()).contains("负责任的人工智能</title>");
        assertThat(chinese.picture().png(100)).isNotEmpty();
        assertThat(widestLine(chinese))
                .isGreaterThan(widestLine(badge(Badge.Kind.MICRO_CREDENTIAL, "AI", 6, "id")) * 1.5);
    }

    @ParameterizedTest
    @CsvSource({
        "Micro-credential – one, Micro-credential – one",
        "' a \t\n b ', a b",
        "a\u202eb\u0007\ud83d, ab",
        "e\u0301, é"
    })
    void a_name_loses_only_what_nobody_sees(String name, String plain) {
        assertThat(Writing.plain(name)).isEqualTo(plain);
    }

    @Test
    void arabic_is_joined_and_turned_and_its_brackets_too() {
        assertThat(Writing.visual("abc (d)")).isEqualTo("abc (d)");
        assertThat(Writing.visual("\u05d0(\u05d1)")).isEqualTo("(\u05d1)\u05d0");
        assertThat(Writing.visual("\u0628\u0628")).isEqualTo("\ufe90\ufe91");
    }

    private static double widestLine(Badge badge) {
        // The icon is the only drawing whose line is as thick as that.
        return badge.picture().layers().stream()
                .map(layer -> (Picture.Outline) layer)
                .filter(layer -> layer.width() > 5)
                .mapToDouble(layer -> layer.shape().getBounds2D().getWidth())
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\"><x", "a & b ]]>", "nul \0 bell \u0007", "half \ud83d", "\uffff"
            })
    void a_hostile_name_is_text_in_whole_xml(String name) throws Exception {
        var svg = badge(Badge.Kind.CERTIFICATE, name, 6, "id").picture().svg();
        var document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("*").getLength())
                .isEqualTo(document.getElementsByTagName("path").getLength() + 2);
    }

    @ParameterizedTest
    @EnumSource(Icon.class)
    void every_icon_stays_in_its_square_and_fills_it(Icon icon) {
        var bounds = icon.outline().getBounds2D();
        assertThat(new Rectangle2D.Double(3, 3, 94, 94).contains(bounds))
                .as("%s", bounds)
                .isTrue();
        assertThat(bounds.getWidth()).isGreaterThan(50);
        assertThat(bounds.getHeight()).isGreaterThan(50);
    }

    @Test
    void the_schema_of_catalogues_knows_the_same_icons() throws IOException {
        try (var stream = Badge.class.getResourceAsStream("/public/schema/catalogue-v1.schema.json")) {
            var known = new ObjectMapper().readTree(stream).at("/$defs/design/properties/icon/enum");
            var words = Stream.of(Icon.values()).map(Icon::word).toList();
            assertThat(known).map(one -> one.textValue()).isEqualTo(words);
        }
    }

    @ParameterizedTest
    @EnumSource(Badge.Kind.class)
    void artwork_stands_in_every_form_inside_of_the_frame_and_changes_nothing_outside_of_its_place(Badge.Kind kind)
            throws IOException {
        for (var artwork : List.of(Artworks.lighthouse(), filled(320, 320), filled(320, 80), filled(80, 320))) {
            var badge = badge(kind, artwork);
            var drawn = read(badge.picture(artwork).png(400));
            var other = read(badge(kind, "Bias", 6, "bias").picture().png(400));
            var pixels = badge.picture(artwork).layers().stream()
                    .filter(Picture.Pixels.class::isInstance)
                    .map(layer -> ((Picture.Pixels) layer).area())
                    .toList();
            assertThat(pixels).hasSize(1);
            var place = pixels.getFirst();
            assertThat(place.getWidth() / place.getHeight())
                    .isCloseTo(
                            (double) artwork.image().getWidth()
                                    / artwork.image().getHeight(),
                            within(0.01));
            assertThat(new Rectangle2D.Double(60, 45, 280, 135).contains(place))
                    .as("%s", place)
                    .isTrue();
            // Where no icon and no artwork stands, nothing differs: no rim, no ribbon, no level, no name.
            var middle = new Rectangle2D.Double(130, 45, 140, 135);
            for (int i = 0; i < 160_000; i += 7) {
                if (!middle.contains(i % 400, i / 400)) {
                    assertThat(drawn.getRGB(i % 400, i / 400)).isEqualTo(other.getRGB(i % 400, i / 400));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Badge.Kind.class)
    void the_shapes_of_the_kinds_differ_whatever_was_uploaded(Badge.Kind kind) throws IOException {
        var artwork = filled(320, 320);
        var own = outside(read(badge(kind, artwork).picture(artwork).png(800)));
        for (var other : Badge.Kind.values()) {
            if (other != kind) {
                assertThat(differing(
                                own,
                                outside(read(
                                        badge(other, artwork).picture(artwork).png(800)))))
                        .isGreaterThan(5);
            }
        }
    }

    @Test
    void an_svg_holds_its_artwork_and_asks_for_nothing_from_elsewhere() throws Exception {
        var artwork = Artworks.lighthouse();
        var svg = badge(Badge.Kind.RECOGNITION, artwork).picture(artwork).svg();
        assertThat(svg)
                .contains("<title>Recognition: Bias (A lighthouse &lt;b&gt;)</title>", "href=\"data:image/png;base64,")
                .doesNotContain("url(", "http://www.w3.org/1999", "<lighthouse");
        var held = svg.substring(svg.indexOf("base64,") + 7, svg.indexOf("\"/>", svg.indexOf("base64,")));
        assertThat(Base64.getDecoder().decode(held)).isEqualTo(artwork.png());
    }

    @Test
    void artwork_that_the_design_does_not_name_is_drawn_by_nobody() {
        var artwork = Artworks.lighthouse();
        assertThatThrownBy(() -> badge(Badge.Kind.CERTIFICATE, artwork).picture())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> badge(Badge.Kind.CERTIFICATE, artwork).picture(filled(320, 320)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> badge(Badge.Kind.CERTIFICATE, "Bias", 6, "bias").picture(artwork))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_schema_of_catalogues_knows_a_picture_as_it_is_read() throws IOException {
        try (var stream = Badge.class.getResourceAsStream("/public/schema/catalogue-v1.schema.json")) {
            var picture = new ObjectMapper().readTree(stream).at("/$defs/design/properties/picture/properties");
            var alternative = Pattern.compile(picture.at("/alternative/pattern").textValue());
            assertThat(picture.at("/alternative/maxLength").intValue()).isEqualTo(Motif.LONGEST);
            assertThat("a".repeat(64)).matches(picture.at("/digest/pattern").textValue());
            assertThat(List.of("A", " Ä lighthouse ")).allMatch(alternative.asMatchPredicate());
            assertThat(List.of("", "  ", "a\nb", "a\0")).noneMatch(alternative.asMatchPredicate());
        }
    }

    private static Artwork filled(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(java.awt.Color.MAGENTA);
        graphics.fillRect(0, 0, width, height);
        return Artwork.of(image);
    }

    private static Badge badge(Badge.Kind kind, Artwork artwork) {
        var motif = new Motif(artwork.digest(), "A lighthouse <b>");
        return new Badge(kind, "Bias", 6, "bias", new Design(null, null, null, null, motif));
    }

    static Badge badge(Badge.Kind kind, String name, @Nullable Integer level, String id) {
        return new Badge(kind, name, level, id, Design.NONE);
    }

    private static BufferedImage image(Badge badge) throws IOException {
        return read(badge.picture().png(800));
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** Which places of a grid are not covered. */
    private static List<Boolean> outside(Badge badge) throws IOException {
        return outside(image(badge));
    }

    private static List<Boolean> outside(BufferedImage image) {
        return IntStream.range(0, 1600)
                .mapToObj(i -> image.getRGB(i % 40 * 20, i / 40 * 20) >>> 24 == 0)
                .toList();
    }

    private static double differing(List<Boolean> one, List<Boolean> other) {
        return IntStream.range(0, one.size())
                        .filter(i -> one.get(i) != other.get(i))
                        .count()
                * 100.0
                / one.size();
    }
}
