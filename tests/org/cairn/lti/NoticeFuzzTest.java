package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.COURSE_ORIGIN;
import static org.cairn.db.schema.Tables.NOTICE;
import static org.cairn.testing.TestPlatform.JSON;
import static org.cairn.testing.TestPlatform.lti;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.cairn.lti.Notices.Outcome.Word;
import org.cairn.testing.Choices;
import org.cairn.testing.Databases;
import org.cairn.testing.Hostile;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Notices of any shape: signed ones whose claims are anything at all, and what is no list of notices. */
@Tag("fuzz")
class NoticeFuzzTest {

    private static final TestPlatform LMS =
            new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn", "1");
    private static final Notices NOTICES = new Notices(LMS.database, LMS.keySets, LMS.clock);

    @MethodSource("org.cairn.testing.Choices#seeds")
    @FuzzTest(maxDuration = "25s")
    void a_notice_is_taken_or_refused_by_name_and_what_is_not_taken_leaves_nothing(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        var type = choices.isEven() ? Notices.COPY : Notices.HELLO;
        var token = LMS.sign(Hostile.ascii(Hostile.changed(claims(type), choices)));
        int before = rows();
        Hostile.read(() -> {
            var outcomes = take(post(token, choices.text(30)).toString());
            assertThat(outcomes).hasSize(2);
            assertThat(outcomes.get(1).word()).isEqualTo(Word.REFUSED);
            check(outcomes.get(0), before);
        });
        int afterwards = rows();
        var body = choices.isEven() ? Hostile.ascii(Hostile.changed(post(choices.text(30)), choices)) : choices.rest();
        Hostile.read(() -> assertThat(take(body)).allMatch(outcome -> outcome.word() == Word.REFUSED));
        assertThat(rows()).as("rows after what nobody signed").isEqualTo(afterwards);
    }

    private static void check(Notices.Outcome outcome, int before) {
        if (outcome.word() == Word.TAKEN) {
            assertThat(rows()).isGreaterThan(before);
        } else {
            assertThat(rows()).as("rows after %s", outcome).isEqualTo(before);
        }
        if (outcome.problem() != null) {
            assertThat(Refusal.valueOf(outcome.problem().code().toUpperCase(java.util.Locale.ROOT)))
                    .isNotNull();
        }
    }

    private static List<Notices.Outcome> take(String body) {
        return NOTICES.take(LMS.platform.id(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode post(String... tokens) {
        var json = JSON.createObjectNode();
        var list = json.putArray("notices");
        List.of(tokens).forEach(token -> list.addObject().put("jwt", token));
        return json;
    }

    private static int rows() {
        return LMS.database.inTransaction(
                db -> db.fetchCount(NOTICE) + db.fetchCount(COURSE) + db.fetchCount(COURSE_ORIGIN));
    }

    private static ObjectNode claims(String type) {
        long now = LMS.clock.instant().getEpochSecond();
        var claims = JSON.createObjectNode();
        claims.put("iss", LMS.platform.issuer()).put("aud", "cairn").put("azp", "cairn");
        claims.put("iat", now).put("exp", now + 300);
        claims.put(lti("version"), "1.3.0").put(lti("deployment_id"), "1");
        claims.putObject(lti("notice")).put("id", UUID.randomUUID().toString()).put("type", type);
        claims.putObject(lti("context")).put("id", "copy").put("title", "Copy of a course");
        claims.putArray(lti("origin_contexts")).add("old").add("older");
        return claims;
    }
}
