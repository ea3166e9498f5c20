package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AccountId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.wallet.WalletOffers;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A learner offers her credential to a wallet, and one wallet gets a copy of its own. */
class HandoverTest {

    private static final String WALLET = "did:key:zDnaeSAUZQNsBUJHKWpjPfxGKFKsDaKrZVXXxZt7sWoCyBzWU";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_wallet_gets_a_copy_that_is_bound_to_it_and_the_same_when_it_asks_again(Databases databases) {
        try (var her = new Her(databases)) {
            var form = her.sharing.form(her.world.tenant, her.learner, her.award, new Disclosure(true, false, "Ada"));
            var secrets = her.handover.offer(her.world.tenant, her.learner, her.award, form.id());
            assertThat(secrets.pin()).matches("[0-9]{6}");
            assertThat(secrets.code()).matches("[A-Za-z0-9_-]{43}");
            var token = her.handover.take(secrets.code(), secrets.pin());
            assertThat(her.handover.isOpen(token)).isTrue();
            var copy = her.handover.copy(token, WALLET);
            assertThat(copy.document().at("/credentialSubject/id").asText()).isEqualTo(WALLET);
            assertThat(copy.told()).isEqualTo(form.told());
            assertThat(copy.document().toString()).contains("91", "\"Ada\"").doesNotContain("evaluation\":{\"at");
            assertThat(copy.id()).isNotEqualTo(form.id());
            assertThat(copy.status()).isNotEqualTo(form.status());
            assertThat(her.handover.copy(token, WALLET)).isEqualTo(copy);
            refused(() -> her.handover.copy(token, WALLET.replace("WU", "WV")), "credential_request_denied");
            her.world.clock.advance(WalletOffers.TOKEN_LIFE);
            refused(() -> her.handover.copy(token, WALLET), "invalid_token");
            assertThat(her.handover.isOpen(token)).isFalse();
            her.world.awarding.revoke(her.world.tenant, her.award, AccountId.fresh(), "So");
            assertThat(her.forms()).allMatch(one -> one.revokedAt() != null);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_code_is_good_once_for_ten_minutes_and_for_five_tries(Databases databases) {
        try (var her = new Her(databases)) {
            var once = her.offer();
            refused(() -> her.handover.take(once.code(), wrong(once)), "invalid_grant");
            her.handover.take(once.code(), once.pin());
            refused(() -> her.handover.take(once.code(), once.pin()), "invalid_grant");
            var tried = her.offer();
            for (int i = 0; i < 5; i++) {
                refused(() -> her.handover.take(tried.code(), wrong(tried)), "invalid_grant");
            }
            refused(() -> her.handover.take(tried.code(), tried.pin()), "invalid_grant");
            var late = her.offer();
            her.world.clock.advance(WalletOffers.OPEN);
            refused(() -> her.handover.take(late.code(), late.pin()), "invalid_grant");
            var first = her.offer();
            var second = her.offer();
            refused(() -> her.handover.take(first.code(), first.pin()), "invalid_grant");
            refused(() -> her.handover.take("guessed", second.pin()), "invalid_grant");
            refused(() -> her.handover.take(first.code(), second.pin()), "invalid_grant");
            her.handover.take(second.code(), second.pin());
            assertThat(her.sweep()).isZero();
            her.world.clock.advance(WalletOffers.OPEN.multipliedBy(3));
            assertThat(her.sweep()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_two_wallets_at_once_one_gets_the_token(Databases databases) throws Exception {
        try (var her = new Her(databases);
                var threads = Executors.newFixedThreadPool(2)) {
            var secrets = her.offer();
            Callable<Boolean> take = () -> {
                try {
                    her.handover.take(secrets.code(), secrets.pin());
                    return true;
                } catch (Problem refused) {
                    return false;
                }
            };
            var taken = 0;
            for (var one : threads.invokeAll(List.of(take, take))) {
                taken += one.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void nobody_else_offers_what_is_hers_and_what_does_not_stand_goes_nowhere(Databases databases) {
        try (var her = new Her(databases)) {
            her.world.grade("eve", "quiz", 99);
            var eve = her.world.learner("eve");
            var form = her.forms().getFirst().id();
            Stream.of(
                            (ThrowingCallable) () -> her.handover.offer(her.world.tenant, eve, her.award, form),
                            () -> her.handover.offer(TenantId.fresh(), her.learner, her.award, form))
                    .forEach(call -> refused(call, "award_unknown"));
            var token = her.token();
            her.world.awarding.suspend(her.world.tenant, her.award, AccountId.fresh(), "Why");
            refused(() -> her.handover.copy(token, WALLET), "credential_request_denied");
            refused(her::offer, "award_held");
            her.world.awarding.reinstate(her.world.tenant, her.award, AccountId.fresh(), "Fine");
            var copy = her.handover.copy(token, WALLET);
            // A copy is a wallet's, and not to be given on.
            refused(() -> her.handover.offer(her.world.tenant, her.learner, her.award, copy.id()), "award_unknown");
            her.world.awarding.revoke(her.world.tenant, her.award, AccountId.fresh(), "So");
            refused(() -> her.handover.copy(token, WALLET), "credential_request_denied");
            refused(her::offer, "award_revoked");
        }
    }

    private static String wrong(WalletOffers.Secrets secrets) {
        return secrets.pin().equals("000000") ? "000001" : "000000";
    }

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    /** A learner with an award. */
    private static final class Her implements AutoCloseable {

        private final World world;
        private final Sharing sharing;
        private final Handover handover;
        private final LearnerId learner;
        private final AwardId award;

        Her(Databases databases) {
            world = new World(databases);
            world.define("soldering", "{'score':'quiz','atLeast':70}");
            award = world.grade("ada", "quiz", 91).awards().getFirst().id();
            learner = world.learner("ada");
            sharing = new Sharing(world.database, world.catalogues, world.credentials, world.clock);
            handover = new Handover(world.database, world.catalogues, world.credentials, sharing, world.clock);
            world.clock.advance(Duration.ofHours(1));
        }

        List<Credential> forms() {
            return world.database.inTransaction(db -> world.credentials.list(db, world.tenant, List.of(award)));
        }

        WalletOffers.Secrets offer() {
            return handover.offer(
                    world.tenant, learner, award, forms().getFirst().id());
        }

        String token() {
            var secrets = offer();
            return handover.take(secrets.code(), secrets.pin());
        }

        int sweep() {
            return world.database.inTransaction(db -> WalletOffers.sweep(db, world.clock.instant()));
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
