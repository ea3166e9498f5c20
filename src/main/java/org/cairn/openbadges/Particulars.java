package org.cairn.openbadges;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an achievement beside its name, rule, credits and level: what the European approach to micro-credentials asks for (Council
 * Recommendation 2022/C 243/02, Annex I), and what it is found by.
 *
 * @param language of its texts, as a BCP 47 tag ("en", "pt-BR")
 * @param skills what it is aligned to
 * @param assessment the type of assessment, in words ("Written examination and a project")
 * @param qualityAssurance who assures the quality and how, in words
 * @param prerequisites what is needed to enrol, in words
 */
public record Particulars(
        String language,
        List<String> tags,
        List<Skill> skills,
        @Nullable String assessment,
        @Nullable Participation participation,
        @Nullable Supervision supervision,
        @Nullable String qualityAssurance,
        @Nullable String prerequisites) {

    /** In English, and nothing more. */
    public static final Particulars NONE = new Particulars("en", List.of(), List.of(), null, null, null, null, null);

    /** How learners take part. */
    public enum Participation {
        ONSITE,
        ONLINE,
        BLENDED
    }

    /** How learners are supervised, and their identity verified, while they are assessed. */
    public enum Supervision {
        UNSUPERVISED_UNVERIFIED,
        SUPERVISED_UNVERIFIED,
        SUPERVISED_ONLINE_VERIFIED,
        SUPERVISED_ONSITE_VERIFIED
    }

    /**
     * A skill or another standard, by its address there ("http://data.europa.eu/esco/skill/…").
     *
     * @param framework whose it is ("ESCO"); null: not said
     */
    public record Skill(
            String name,
            String url,
            @Nullable String framework,
            @Nullable String code) {

        public Skill {
            if (!isAddress(url)) {
                throw new IllegalArgumentException("The skill \"%s\" has no http address.".formatted(name));
            }
        }
    }

    public Particulars {
        tags = List.copyOf(tags);
        skills = List.copyOf(skills);
        if (Locale.forLanguageTag(language).getLanguage().isEmpty()) {
            throw new IllegalArgumentException("\"%s\" is no language tag like \"en\".".formatted(language));
        }
    }

    /** How a participation or a supervision is written: "supervised-online-verified". */
    public static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null
                ? null
                : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Locale locale() {
        return Locale.forLanguageTag(language);
    }

    private static boolean isAddress(String url) {
        try {
            var uri = URI.create(url);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
