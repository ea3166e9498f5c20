package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A link is open for its time and no longer, and remembered for a while after it. Each test has a credential of its own. */
class SharedLinksTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static World world;

    @BeforeAll
    static void open() {
        world = new World(Databases.H2);
        world.define("soldering", "{'score':'quiz','atLeast':70}");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void its_secret_is_long_differs_each_time_and_only_its_digest_is_kept() {
        var credential = credential("secret");
        var secret = add(credential, DAY, NOW);
        assertThat(secret).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(add(credential, DAY, NOW));
        assertThat(find(secret))
                .contains(new SharedLink(
                        Sha256.hex(secret), world.tenant, credential.id(), "For Eve", NOW, NOW.plus(DAY), null));
        assertThat(find(Sha256.hex(secret))).isEmpty();
    }

    @Test
    void it_is_open_until_its_end() {
        var credential = credential("end");
        var link = find(add(credential, DAY, NOW)).orElseThrow();
        assertThat(link.isOpen(NOW.plus(DAY).minusMillis(1))).isTrue();
        assertThat(link.isOpen(NOW.plus(DAY))).isFalse();
        assertThat(open(world.tenant, credential, NOW.plus(DAY).minusMillis(1))).containsExactly(link);
        assertThat(open(world.tenant, credential, NOW.plus(DAY))).isEmpty();
        assertThat(open(TenantId.fresh(), credential, NOW)).isEmpty();
    }

    @Test
    void one_that_she_ended_is_not_open_and_is_ended_once() {
        var credential = credential("ended");
        var secret = add(credential, DAY, NOW);
        var id = Sha256.hex(secret);
        assertThat(end(TenantId.fresh(), credential, id)).isFalse();
        assertThat(end(world.tenant, credential("eve"), id)).isFalse();
        assertThat(end(world.tenant, credential, id)).isTrue();
        assertThat(end(world.tenant, credential, id)).isFalse();
        assertThat(find(secret).orElseThrow().isOpen(NOW)).isFalse();
        assertThat(open(world.tenant, credential, NOW)).isEmpty();
    }

    @Test
    void it_is_forgotten_a_year_and_a_day_after_its_end() {
        var credential = credential("forgotten");
        var past = NOW.minus(Duration.ofDays(3000));
        var secret = add(credential, DAY, past);
        var end = past.plus(DAY).plus(Duration.ofDays(366));
        assertThat(sweep(end)).isZero();
        assertThat(sweep(end.plusMillis(1))).isOne();
        assertThat(find(secret)).isEmpty();
    }

    private static String add(Credential credential, Duration life, Instant now) {
        return in(db -> SharedLinks.add(db, credential, "For Eve", life, now));
    }

    private static Optional<SharedLink> find(String secret) {
        return in(db -> SharedLinks.find(db, secret));
    }

    private static List<SharedLink> open(TenantId tenant, Credential credential, Instant now) {
        return in(db -> SharedLinks.open(db, tenant, List.of(credential.id()), now));
    }

    private static boolean end(TenantId tenant, Credential credential, String id) {
        return in(db -> SharedLinks.end(db, tenant, List.of(credential.id()), id, NOW));
    }

    private static int sweep(Instant now) {
        return in(db -> SharedLinks.sweep(db, now));
    }

    private static <T> T in(Function<DSLContext, T> work) {
        return world.database.inTransaction(work::apply);
    }

    private static Credential credential(String sub) {
        return world.credential(world.grade(sub, "quiz", 90).awards().getFirst().id());
    }
}
