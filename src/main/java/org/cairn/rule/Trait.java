package org.cairn.rule;

import java.util.Set;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * What sets some awards apart from others: everything that is given has to hold of an award.
 *
 * @param achievements it is of one of these; empty: of any
 * @param labels it has all of these
 * @param level it has this level or a higher one, 1 to 8
 * @param issuer it was awarded by this issuer
 * @param version it is of this version of its achievement or a later one, from 1
 */
public record Trait(
        Set<AchievementId> achievements,
        Set<String> labels,
        @Nullable Integer level,
        @Nullable String issuer,
        @Nullable Integer version) {

    /** Every award has it. */
    public static final Trait ANY = new Trait(Set.of(), Set.of(), null, null, null);

    public Trait {
        achievements = Set.copyOf(achievements);
        labels = Set.copyOf(labels);
        if (labels.stream().anyMatch(label -> !isLabel(label))) {
            throw new IllegalArgumentException("A label is written like \"track:robotics\", in 3 to 100 characters.");
        }
        if (level != null && (level < 1 || level > 8)) {
            throw new IllegalArgumentException("A level is from 1 to 8.");
        }
        if (version != null && version < 1) {
            throw new IllegalArgumentException("Versions are counted from 1.");
        }
        if (issuer != null && (issuer.isBlank() || issuer.length() > 255)) {
            throw new IllegalArgumentException("An issuer has a name of 1 to 255 characters.");
        }
    }

    /** Whether it is written {@code key:value}, in 3 to 100 characters. */
    public static boolean isLabel(String label) {
        int colon = label.indexOf(':');
        return colon > 0 && colon < label.length() - 1 && label.length() <= 100;
    }

    boolean isOf(Held held) {
        return (achievements.isEmpty() || achievements.contains(held.achievement()))
                && held.labels().containsAll(labels)
                && (level == null || (held.level() != null && held.level() >= level))
                && (issuer == null || issuer.equals(held.issuer()))
                && (version == null || held.version() >= version);
    }
}
