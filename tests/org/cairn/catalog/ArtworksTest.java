package org.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.openbadges.artwork.ArtworkFile;
import org.cairn.openbadges.image.Artwork;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Motif;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.OperatorStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A picture is kept for one tenant, used by versions, and removed while none uses it. */
class ArtworksTest {

    private static final AchievementId SOLDERING = new AchievementId("soldering");

    private static final class Scene implements AutoCloseable {

        final World world;
        final Operator operator;
        final TenantId there;
        final Artworks artworks;

        Scene(Databases databases) {
            world = new World(databases);
            artworks = new Artworks(world.database, world.clock);
            operator = world.database.inTransaction(
                    db -> OperatorStore.add(db, world.tenant, "Grace", world.clock.instant())
                            .operator());
            there = world.database.inTransaction(
                    db -> TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), Instant.EPOCH)
                            .id());
        }

        Motif add(TenantId tenant, int colour) {
            return artworks.add(tenant, artwork(colour), " A disc ", operator);
        }

        void publish(Motif motif) {
            var design = new Design(null, null, null, null, motif);
            var definition = World.definition("soldering", "{'score':'quiz','atLeast':70}")
                    .orElse(design);
            world.publish(Map.of(SOLDERING, definition));
        }

        List<String> listed(TenantId tenant) {
            return world.database.inTransaction(db -> artworks.list(db, tenant)).stream()
                    .map(one -> one.motif().digest() + one.isUsed())
                    .toList();
        }

        @Override
        public void close() {
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_picture_is_found_by_its_name_in_its_own_tenant_and_in_no_other(Databases databases) {
        try (var scene = new Scene(databases)) {
            var motif = scene.add(scene.world.tenant, 0xff0000);
            var other = scene.add(scene.there, 0x00ff00);
            scene.world.database.inTransaction(db -> {
                var found = scene.artworks
                        .find(db, scene.world.tenant, motif.digest())
                        .orElseThrow();
                assertThat(found.motif()).isEqualTo(new Motif(artwork(0xff0000).digest(), "A disc"));
                assertThat(found.artwork().png()).isEqualTo(artwork(0xff0000).png());
                assertThat(scene.artworks.find(db, scene.there, motif.digest())).isEmpty();
                assertThat(OperatorActionStore.last(db, scene.operator, 9))
                        .anyMatch(one -> one.subject().equals(motif.digest()));
                return null;
            });
            assertThat(scene.listed(scene.world.tenant)).containsExactly(motif.digest() + false);
            assertThat(scene.listed(scene.there)).containsExactly(other.digest() + false);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_a_version_uses_stays_and_is_drawn_and_what_none_uses_can_be_removed(Databases databases) {
        try (var scene = new Scene(databases)) {
            var used = scene.add(scene.world.tenant, 0xff0000);
            var unused = scene.add(scene.world.tenant, 0x0000ff);
            scene.add(scene.there, 0xff0000);
            scene.publish(used);
            scene.world.define("soldering", "{'score':'quiz','atLeast':80}");
            assertThat(scene.listed(scene.world.tenant))
                    .containsExactlyInAnyOrder(used.digest() + true, unused.digest() + false);
            assertThat(scene.listed(scene.there)).containsExactly(used.digest() + false);
            refused(() -> scene.artworks.remove(scene.world.tenant, used.digest(), scene.operator), "picture_used");
            refused(() -> scene.artworks.remove(scene.there, unused.digest(), scene.operator), "picture_unknown");
            scene.artworks.remove(scene.world.tenant, unused.digest(), scene.operator);
            scene.artworks.remove(scene.there, used.digest(), scene.operator);
            assertThat(scene.listed(scene.world.tenant)).containsExactly(used.digest() + true);
            scene.world.database.inTransaction(db -> {
                var first = scene.world
                        .catalogues
                        .version(db, scene.world.tenant, SOLDERING, 1)
                        .orElseThrow();
                assertThat(scene.world
                                .catalogues
                                .picture(db, scene.world.tenant, first.badge())
                                .svg())
                        .contains("(A disc)</title>", "data:image/png;base64,");
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_version_that_names_another_tenant_s_picture_is_not_published(Databases databases) {
        try (var scene = new Scene(databases)) {
            var theirs = scene.add(scene.there, 0xff0000);
            scene.add(scene.world.tenant, 0x00ff00);
            refused(() -> scene.publish(theirs), "picture_unknown");
            refused(() -> scene.publish(new Motif("0".repeat(64), "Nothing")), "picture_unknown");
            scene.world.database.inTransaction(db -> {
                assertThat(scene.world.catalogues.version(db, scene.world.tenant, SOLDERING, 1))
                        .isEmpty();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void fifty_pictures_that_nothing_uses_are_enough(Databases databases) {
        try (var scene = new Scene(databases)) {
            scene.publish(scene.add(scene.world.tenant, 0xffffff));
            scene.add(scene.there, 0xfffffe);
            for (int i = 0; i < Artworks.MOST_UNUSED; i++) {
                scene.add(scene.world.tenant, i);
                // The same again is the same.
                scene.add(scene.world.tenant, i);
            }
            refused(() -> scene.add(scene.world.tenant, 0xabcdef), "pictures_too_many");
            scene.add(scene.world.tenant, 1);
            assertThat(scene.listed(scene.world.tenant)).hasSize(51);
            scene.artworks.remove(scene.world.tenant, artwork(3).digest(), scene.operator);
            scene.add(scene.world.tenant, 0xabcdef);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Databases.class, names = "H2")
    void a_picture_without_words_is_not_kept(Databases databases) {
        try (var scene = new Scene(databases)) {
            refused(
                    () -> scene.artworks.add(scene.world.tenant, artwork(1), " ", scene.operator),
                    "picture_alternative");
            assertThat(scene.listed(scene.world.tenant)).isEmpty();
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String code) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static Artwork artwork(int colour) {
        return ArtworkFile.read(org.cairn.openbadges.Artworks.png(40, 40, new Color(colour)));
    }
}
