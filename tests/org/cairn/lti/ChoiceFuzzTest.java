package org.cairn.lti;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URI;
import org.cairn.PlacementId;
import org.cairn.people.Browser;
import org.cairn.testing.Choices;
import org.cairn.testing.Databases;
import org.cairn.testing.Hostile;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of a deep-linking request, and what a form sends back in place of what was sealed for it. */
@Tag("fuzz")
class ChoiceFuzzTest {

    private static final TestPlatform LMS =
            new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn", "1");
    private static final DeepLinking LINKING =
            new DeepLinking(LMS.database, LMS.own, URI.create(TestPlatform.TOOL), LMS.clock);
    private static final Browser BROWSER = Browser.fresh();
    private static final PlacementId PLACEMENT = PlacementId.fresh();

    @MethodSource("org.cairn.testing.Choices#seeds")
    @FuzzTest(maxDuration = "20s")
    void settings_are_read_and_a_seal_that_is_not_ours_opens_nothing(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        var claims = TestPlatform.JSON.createObjectNode();
        claims.putObject(Claims.DEEP_LINKING)
                .put("deep_link_return_url", LMS.wire.baseUrl() + "/return;x='y' z")
                .put("accept_multiple", true)
                .put("data", "d")
                .putArray("accept_types")
                .add("ltiResourceLink");
        var changed = new Claims(Hostile.changed(claims, choices));
        Hostile.read(() -> changed.deepLinking().ifPresent(settings -> {
            if (settings.returnUrl().getHost() == null) {
                throw new AssertionError("A return address without a host: " + settings.returnUrl());
            }
        }));
        var text = choices.rest();
        Hostile.read(() -> {
            boolean isOpen = LINKING.open(text, BROWSER, PLACEMENT).isPresent()
                    || LoginState.open(LMS.own, text).isPresent()
                    || LMS.own.open("lti/login", text).isPresent();
            if (isOpen) {
                throw new AssertionError("A guess was opened: " + text);
            }
        });
    }
}
