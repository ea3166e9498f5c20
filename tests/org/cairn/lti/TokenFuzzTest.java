package org.cairn.lti;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairn.PlatformId;
import org.cairn.SessionId;
import org.cairn.testing.Hostile;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of any bytes: as they come from a stranger, and as the payload of one that the LMS signed. */
@Tag("fuzz")
class TokenFuzzTest {

    private static final KeyPair KEYS = TestPlatform.keyPair();
    private static final Instant NOW = SettableClock.START;
    private static final URI TOOL = URI.create(TestPlatform.TOOL);
    private static final Platform PLATFORM = new Platform(
            PlatformId.fresh(),
            "https://lms.example.edu",
            "cairn",
            "LMS",
            "",
            URI.create("https://lms.example.edu/auth"),
            URI.create("https://lms.example.edu/token"),
            "https://lms.example.edu/token",
            URI.create("https://lms.example.edu/jwks"),
            "RS256",
            List.of("https://lms.example.edu"),
            true);

    static Stream<byte[]> seeds() {
        return Stream.concat(
                        Hostile.recorded("2").stream()
                                .map(message -> message.path("claims").toString()),
                        Stream.of(
                                "{}",
                                "[]",
                                "null",
                                "{\"iss\":\"https://lms.example.edu\",\"aud\":[\"cairn\",\"x\"],\"azp\":\"cairn\",\"exp\":9e99,\"iat\":-1}",
                                "{\"exp\":9223372036854775807}",
                                "a.b.c",
                                "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.eyJleHAiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9.AAAA"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void a_token_of_any_bytes_is_read_or_refused(byte @NotNull [] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        Hostile.read(() -> IdToken.read(text, PLATFORM, kid -> Optional.of(KEYS.getPublic()), NOW));
        var signed = TestPlatform.sign("{\"alg\":\"RS256\",\"kid\":\"k\"}", text, KEYS);
        Hostile.read(() -> {
            var claims = IdToken.read(signed, PLATFORM, kid -> Optional.of(KEYS.getPublic()), NOW);
            IdToken.deploymentId(claims);
        });
        Hostile.read(() -> read(bytes));
    }

    private static void read(byte[] payload) {
        try {
            var state = new LoginState(PlatformId.fresh(), SessionId.fresh(), "", "n", null, false, NOW);
            var claims = new Claims(TestPlatform.JSON.readTree(payload));
            new LaunchReading(claims, PLATFORM, state, TOOL, key -> Optional.of("secret"), NOW).launch();
        } catch (java.io.IOException e) {
            // No JSON: what IdToken.read refuses.
        }
    }
}
