package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was checked of a credential, and what follows from it.
 *
 * @param credential what the signature covers, a credential or the payload of a VC-JWT; null where nothing could be read at all
 * @param parts the same of each credential that a record holds
 * @param endorsements the same of each endorsement that it carries, of itself, its achievement or its issuer; they change nothing of its verdict
 */
public record Verification(
        Verdict verdict,
        List<Check> checks,
        @Nullable JsonNode credential,
        List<Verification> parts,
        List<Verification> endorsements) {

    /** One thing that was checked. {@code passed} is null where it could not be checked. */
    public record Check(String name, @Nullable Boolean passed, String sentence) {

        private static final int LONGEST = 600;

        /** What a stranger's text says in the sentence is cut, and cannot steer a terminal. */
        public Check {
            sentence = sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "…" : sentence;
            sentence = sentence.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", " ");
        }

        boolean isPassed() {
            return Boolean.TRUE.equals(passed);
        }

        boolean isFailed() {
            return Boolean.FALSE.equals(passed);
        }
    }

    public enum Verdict {
        VALID("This credential is genuine and stands."),
        REVOKED("This credential is genuine, but its issuer has revoked it: it no longer stands."),
        SUSPENDED(
                "This credential is genuine, but its issuer is looking at it again; until that is over, do not rely on it."),
        EXPIRED("This credential is genuine, but its time is over: it stood until the date below."),
        NOT_YET_VALID("This credential is genuine, but its time has not begun: it will stand from the date below."),
        SUPERSEDED("This credential is genuine, but its issuer has since issued it anew; ask for the newer one."),
        NONCONFORMING(
                "This credential is signed by its issuer, but is not written as its standard requires; do not rely on it."),
        RULE_NOT_MET(
                "This credential is signed by its issuer, but what it shows does not meet the rule that it names; do not rely on it."),
        PARTS_FAIL("This record is genuine, but not every credential in it stands; see below which."),
        ABOUT_ANOTHER("This is genuine, but is no endorsement of what carries it; do not rely on it here."),
        NOT_GENUINE(
                "This is not a genuine credential: it was not signed by the issuer it names, or was changed afterwards."),
        STOOD("By what came with it, this was genuine and stood on the date below; its issuer could not be asked."),
        UNCHECKED("Whether this credential stands could not be found out, so do not rely on it yet; try again later."),
        UNREADABLE("This is not a credential that can be read here.");

        private final String sentence;

        Verdict(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    public Verification {
        checks = List.copyOf(checks);
        parts = List.copyOf(parts);
        endorsements = List.copyOf(endorsements);
    }

    static Verification unreadable(String sentence) {
        return new Verification(
                Verdict.UNREADABLE, List.of(new Check("readable", false, sentence)), null, List.of(), List.of());
    }

    public boolean isValid() {
        return verdict == Verdict.VALID;
    }
}
