package org.cairn.web;

import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.openbadges.image.Badge;

/**
 * What an achievement looks like: its kind in a word, and the path of its picture.
 *
 * @param alternative what the picture shows beside kind and level, which stand near it; empty for a drawing that says nothing more
 */
public record Emblem(String kind, String picture, String alternative) {

    static Emblem of(TenantId tenant, Achievement achievement) {
        var badge = achievement.badge();
        var motif = badge.design().motif();
        return new Emblem(
                word(badge.kind()),
                "/achievements/%s/%s/%s/image.svg".formatted(tenant, achievement.id(), achievement.version()),
                motif == null ? "" : motif.alternative());
    }

    private static String word(Badge.Kind kind) {
        return kind == Badge.Kind.RECOGNITION ? "Recognition badge" : kind.word();
    }
}
