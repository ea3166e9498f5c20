package org.cairn.lti;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.PLACEMENT;
import static org.cairn.db.schema.Tables.SESSION;
import static org.cairn.testing.TestPlatform.lti;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairn.Problem;
import org.cairn.people.Browser;
import org.cairn.testing.Choices;
import org.cairn.testing.Databases;
import org.cairn.testing.Hostile;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole launches whose claims are anything at all, signed by the LMS, so that every check beyond the signature is reached. */
@Tag("fuzz")
class LaunchFuzzTest {

    private static final TestPlatform LMS =
            new TestPlatform(Databases.H2.open(), "http://127.0.0.1:8085", "8OaKxnsGqI2OOYp", "1");
    private static final List<ObjectNode> MESSAGES = messages();

    @MethodSource("org.cairn.testing.Choices#seeds")
    @FuzzTest(maxDuration = "25s")
    void a_launch_is_let_in_or_refused_by_name_and_then_nothing_is_kept(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        var browser = Browser.fresh();
        var begun = LMS.begin(browser);
        var claims = LMS.claims(begun.get("nonce"));
        claims.setAll(choices.one(MESSAGES));
        var token = LMS.sign(Hostile.ascii(Hostile.changed(claims.put("nonce", begun.get("nonce")), choices)));
        int before = rows();
        Hostile.read(() -> {
            try {
                LMS.launches.accept(Map.of("state", begun.get("state"), "id_token", token), browser);
            } catch (Problem refused) {
                Refusal.valueOf(refused.code().toUpperCase(java.util.Locale.ROOT));
                if (rows() != before) {
                    throw new AssertionError("A refused launch left something behind: " + refused.code());
                }
            }
        });
    }

    private static int rows() {
        return LMS.database.inTransaction(db -> db.fetchCount(ACCOUNT)
                + db.fetchCount(COURSE)
                + db.fetchCount(PLACEMENT)
                + db.fetchCount(SESSION, SESSION.ACCOUNT_ID.isNotNull()));
    }

    /** Recorded ones without what a login decides, and one of each kind where nothing was recorded. */
    private static List<ObjectNode> messages() {
        var messages = new ArrayList<ObjectNode>();
        for (var recorded : Hostile.recorded("2")) {
            if (recorded.path("claims") instanceof ObjectNode claims) {
                messages.add(claims.remove(List.of("iat", "exp", "nonce")));
            }
        }
        for (var type : List.of("LtiDeepLinkingRequest", "LtiSubmissionReviewRequest", "LtiDataPrivacyLaunchRequest")) {
            var claims = TestPlatform.JSON.createObjectNode().put(lti("message_type"), type);
            claims.putObject(Claims.DEEP_LINKING).put("deep_link_return_url", LMS.wire.baseUrl() + "/return");
            claims.putObject(lti("for_user")).put("user_id", "4");
            claims.putArray(lti("roles")).add("Instructor");
            messages.add(claims);
        }
        return messages;
    }
}
