package org.cairn.web;

import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.openbadges.image.Badge;

/** What an achievement looks like: its kind in a word, and the path of its picture. */
public record Emblem(String kind, String picture) {

    static Emblem of(TenantId tenant, Achievement achievement) {
        return new Emblem(
                word(achievement.badge().kind()),
                "/achievements/%s/%s/%d/image.svg".formatted(tenant, achievement.id(), achievement.version()));
    }

    private static String word(Badge.Kind kind) {
        return kind == Badge.Kind.RECOGNITION ? "Recognition badge" : kind.word();
    }
}
