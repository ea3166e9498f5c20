package org.cairn.openbadges.artwork;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.openbadges.Artworks;
import org.cairn.openbadges.image.Artwork;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of any bytes, uploaded for a badge. */
@Tag("fuzz")
class ArtworkFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                Artworks.png(64, 64, Color.RED),
                Artworks.png(64, 64, 1, 0, 64 * 9),
                Artworks.png(64, 64, 16, 4, 64 * 257),
                Artworks.LIGHTHOUSE.getBytes(StandardCharsets.UTF_8),
                Artworks.svg("<path d='M1-1.5l.5.5a1 1 0 01-.5.5e-1z' stroke='red' style='fill:none;opacity:.5'/>"),
                Artworks.svg("<clipPath id='c'><circle r='9'/></clipPath><g clip-path='url(#c)'><ellipse rx='9'/></g>"),
                Artworks.svg(
                        "<linearGradient id='a' href='#b'/><radialGradient id='b'><stop offset='1%'/></radialGradient>"
                                + "<polygon points='1,1 9 9 1 9' fill='url(#a)' transform='skewX(9)scale(2 -1)'/>"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void a_file_of_any_bytes_becomes_a_small_png_or_a_sentence(byte @NotNull [] file) {
        Hostile.read(() -> {
            try {
                var artwork = ArtworkFile.read(file);
                assertThat(Math.max(artwork.image().getWidth(), artwork.image().getHeight()))
                        .isLessThanOrEqualTo(Artwork.LONGEST);
                assertThat(Artwork.kept(artwork.png()).digest()).isEqualTo(artwork.digest());
            } catch (Problem refused) {
                assertThat(refused.sentence()).endsWith(".");
            }
        });
    }
}
