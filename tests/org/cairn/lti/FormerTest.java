package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.lti;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cairn.Problem;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.cairn.testing.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids of LTI 1.1 that come along with a launch (LTI 1.1 to 1.3 Migration Guide §3.1). */
class FormerTest {

    private static final String KEY = "179248902";
    private static final String SECRET = "my-lti11-secret";

    private @Nullable TestPlatform lms;

    @AfterEach
    void stop() {
        if (lms != null) {
            lms.close();
        }
    }

    @Test
    void the_guide_s_own_example_is_signed_and_changed_by_a_letter_it_is_not() {
        var base = "179248902&689302&https://lmsvendor.com&PM48OJSfGDTAzAo&1551290856&172we8671fd8z";
        var sign = "lWd54kFo5qU7xshAna6v8BwoBm6tmUjc6GTax6+12ps=";
        assertThat(FormerStore.isSigned(base, SECRET, sign)).isTrue();
        assertThat(FormerStore.isSigned(base + "1", SECRET, sign)).isFalse();
        assertThat(FormerStore.isSigned(base, SECRET + "s", sign)).isFalse();
        assertThat(FormerStore.isSigned(base, SECRET, sign.toLowerCase(java.util.Locale.ROOT)))
                .isFalse();
        assertThat(FormerStore.isSigned(base, SECRET, "")).isFalse();
    }

    @Test
    void a_secret_of_nothing_is_refused() {
        lms = new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn", "1");
        for (var nothing : List.of("", "  ")) {
            assertThatThrownBy(() -> lms.database.inTransaction(db -> {
                        FormerStore.save(db, lms.own, lms.platform.id(), KEY, nothing);
                        return null;
                    }))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("secret_empty"));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_she_was_is_kept_with_her_account_only_where_the_lms_signed_it(Databases databases) {
        start(databases);
        assertThat(launch(claims -> claims.putObject(lti("lti1p1")).put("user_id", "unsigned")))
                .isNull();
        assertThat(formerSub()).isNull();
        assertThat(launch(claims -> claims.putObject(lti("lti1p1"))
                        .put("user_id", "unsigned")
                        .put("oauth_consumer_key", KEY)))
                .isNull();
        assertThat(formerSub()).isNull();
        var former = launch(this::signed);
        assertThat(former).isEqualTo(new Launch.Former(KEY, "old-4", "old-course", null));
        assertThat(formerSub()).isEqualTo("old-4");
        // The account of the same sub in another tenant stays as it is.
        assertThat(rows()).containsExactly("old-4", "null");
        // What is proved once stays when a later launch does not say it.
        launch(claims -> {});
        assertThat(formerSub()).isEqualTo("old-4");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_wrong_signature_refuses_the_launch_and_an_unknown_key_proves_nothing(Databases databases) {
        start(databases);
        assertThatThrownBy(() -> launch(claims -> {
                    signed(claims);
                    // Signed for another nonce, as one that was recorded.
                    claim(claims).put("oauth_consumer_key_sign", sign(claims, "another-nonce"));
                }))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo(Refusal.MIGRATION_SIGNATURE_WRONG.code()));
        assertThat(rows()).containsExactly("null");
        assertThat(launch(claims -> {
                    signed(claims);
                    claim(claims).put("oauth_consumer_key", "unknown");
                }))
                .isNull();
        assertThat(formerSub()).isNull();
    }

    private void start(Databases databases) {
        var started = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
        lms = started;
        var now = started.clock.instant();
        started.database.inTransaction(db -> {
            FormerStore.save(db, started.own, started.platform.id(), KEY, SECRET);
            var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now);
            var platform = PlatformStore.save(db, World.platform("https://other.example.edu", "cairn"), now);
            // A secret of the same key at another platform.
            FormerStore.save(db, started.own, platform.id(), KEY, "another secret");
            FormerStore.save(db, started.own, platform.id(), "unknown", SECRET);
            return AccountStore.findOrCreate(db, there.id(), started.platform.id(), List.of(Person.unnamed("4")), now);
        });
    }

    private Launch.@Nullable Former launch(Consumer<ObjectNode> change) {
        var browser = Browser.fresh();
        var arrival = (Arrival.Accepted) lms.launches.accept(lms.form(browser, change), browser);
        return arrival.launch().former();
    }

    private void signed(ObjectNode claims) {
        claims.putObject(lti("lti1p1"))
                .put("user_id", "old-4")
                .put("context_id", "old-course")
                .put("oauth_consumer_key", KEY)
                .put("oauth_consumer_key_sign", sign(claims, claims.get("nonce").asText()));
    }

    private static ObjectNode claim(ObjectNode claims) {
        return (ObjectNode) claims.get(lti("lti1p1"));
    }

    private static String sign(ObjectNode claims, String nonce) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var base = String.join(
                    "&",
                    KEY,
                    "1",
                    "https://lms.example.edu",
                    "cairn",
                    claims.get("exp").asText(),
                    nonce);
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable String formerSub() {
        var first = rows().getFirst();
        return first.equals("null") ? null : first;
    }

    /** The accounts' former ids: those of this tenant's account, if there is one, and then the other tenant's. */
    private List<String> rows() {
        return lms.database.inTransaction(db -> db.fetch(
                        "select a.former_sub from account a join tenant t on t.id = a.tenant_id where a.sub = '4' order by t.slug")
                .map(row -> String.valueOf(row.get(0))));
    }
}
