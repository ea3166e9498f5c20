package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairn.catalog.IssuerStore;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusEntriesTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_bit_of_somebody_who_was_erased_is_set_and_never_another_s(Databases databases) {
        try (var world = new World(databases)) {
            world.database.inTransaction(db -> {
                var issuer = IssuerStore.get(db, world.tenant).id();
                db.execute("insert into erased_status values (?, 0, 7)", issuer.value());
                db.execute("insert into erased_status values (?, 1, 8)", issuer.value());
                assertThat(CredentialStore.taken(db, issuer, 0, List.of(7, 8))).containsExactly(7);
                assertThat(CredentialStore.revoked(db, issuer, 0)).containsExactly(7);
                assertThat(CredentialStore.count(db, issuer)).isEqualTo(2);
                var other = org.cairn.IssuerId.fresh();
                assertThat(CredentialStore.taken(db, other, 0, List.of(7))).isEmpty();
                assertThat(CredentialStore.revoked(db, other, 0)).isEmpty();
                assertThat(CredentialStore.count(db, other)).isZero();
                return null;
            });
        }
    }
}
