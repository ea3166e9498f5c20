package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cairn.openbadges.Baked;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.Pdfs;
import org.cairn.openbadges.Pictures;
import org.junit.jupiter.api.Test;

/** In how many ways a credential may be shown, and what is said of what is none. */
class PresentedTest {

    private static final String JSON = "{\"@context\":[],\"issuer\":{\"id\":\"did:example:1\"},\"name\":\"Löten\"}";
    private static final String TOKEN = token(JSON);

    @Test
    void json_and_a_token_are_read_whatever_stands_around_them() {
        assertThat(Presented.read("\ufeff\n " + JSON + " \n")).isInstanceOf(Presented.Proved.class);
        assertThat(Presented.read(" " + TOKEN + "\n")).isInstanceOf(Presented.Token.class);
        assertThat(Presented.read(TOKEN).credential()).isEqualTo(Stranger.json(JSON));
        assertThat(Presented.read(JSON).issuer()).isEqualTo("did:example:1");
        assertThat(Presented.read("{\"issuer\":\"did:example:2\",\"credentialSubject\":{}}")
                        .issuer())
                .isEqualTo("did:example:2");
        assertThat(Presented.read("{\"credentialSubject\":{}}").issuer()).isEmpty();
    }

    @Test
    void a_file_is_read_as_what_it_is() {
        assertThat(read(JSON)).isEqualTo(Stranger.json(JSON));
        assertThat(Presented.read(Pictures.png(Pictures.itxt("openbadgecredential", 0, JSON)))
                        .credential())
                .isEqualTo(Stranger.json(JSON));
        assertThat(Presented.read(Pdfs.carrying(Map.of("a.jwt", TOKEN, "b.txt", "words")))
                        .credential())
                .isEqualTo(Stranger.json(JSON));
    }

    @Test
    void what_is_no_credential_is_said_to_be_what_it_is() {
        refused("It is a list; show one credential at a time.", " [" + JSON + "]");
        refused("It begins like JSON, but is not whole, or could be read in two ways.", "{\"a\":1,\"a\":2}");
        refused("It is neither a VC-JWT nor JSON.", "a.b.c");
        refused("It can be read, but is something else than a credential.", "{\"name\":\"Löten\"}");
        refused("It is neither text nor a picture or PDF that can be read here.", new byte[] {(byte) 0xff});
        refused("The picture carries no credential.", Pictures.png());
        refused("The PDF carries no credential.", Pdfs.carrying(Map.of("a.txt", "words")));
        refused(
                "The PDF carries more than one credential; show the one you mean.",
                Pdfs.carrying(Map.of("a.json", JSON, "b.jwt", TOKEN)));
    }

    @Test
    void a_text_has_at_most_256_kilobytes_and_a_file_two_megabytes() {
        var padded = JSON + " ".repeat(256 * 1024 - JSON.length());
        assertThat(Presented.read(padded).credential()).isEqualTo(Stranger.json(JSON));
        refused("It is longer than any credential that is read here (256 KB).", padded + " ");
        refused("It is larger than any credential that is read here (2 MB).", new byte[Baked.LARGEST + 1]);
        refused(
                "It is longer than any credential that is read here (256 KB).",
                Arrays.copyOf(" ".repeat(Baked.LARGEST).getBytes(StandardCharsets.UTF_8), Baked.LARGEST));
    }

    @Test
    void of_a_pack_the_token_is_read_where_both_forms_say_the_same() {
        var proved = JSON.replaceFirst("\\{", "{\"proof\":{\"type\":\"x\"},");
        assertThat(Presented.read(pack(TOKEN, proved))).isInstanceOf(Presented.Token.class);
        assertThat(Presented.read(pack(null, proved))).isInstanceOf(Presented.Proved.class);
        assertThat(Presented.read(pack(TOKEN, null))).isInstanceOf(Presented.Token.class);
        assertThatThrownBy(() -> Presented.read(pack(TOKEN, JSON.replace("Löten", "Schmieden"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The pack holds two credentials that do not say the same.");
        assertThatThrownBy(() -> Presented.read(pack(null, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The pack holds no credential.");
    }

    private static Pack pack(String jwt, String json) {
        var parts = new ArrayList<Pack.Part>();
        if (jwt != null) {
            parts.add(new Pack.Part(Pack.JWT, null, jwt));
        }
        if (json != null) {
            parts.add(new Pack.Part(Pack.JSON, null, json));
        }
        return new Pack(Instant.EPOCH, parts, List.of());
    }

    private static JsonNode read(String text) {
        return Presented.read(text.getBytes(StandardCharsets.UTF_8)).credential();
    }

    private static void refused(String sentence, String text) {
        assertThatThrownBy(() -> Presented.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private static void refused(String sentence, byte[] file) {
        assertThatThrownBy(() -> Presented.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private static String token(String payload) {
        return Stranger.base64("{\"alg\":\"ES256\"}") + "." + Stranger.base64(payload) + ".AAAA";
    }
}
