package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.openbadges.verification.Verification.Verdict;

/** The checks of a credential, in the order in which people read them, and the verdict that follows. For one thread. */
final class Checking {

    /** More credentials in one record are not checked. */
    private static final int PARTS = 100;

    private final Fetches fetches;
    private final Standards standards;
    private final Function<String, Optional<Held>> held;
    private final Instant at;
    private final Signatures signatures;
    private final Statuses statuses;

    Checking(Fetches fetches, Standards standards, Function<String, Optional<Held>> held, Instant at) {
        this.fetches = fetches;
        this.standards = standards;
        this.held = held;
        this.at = at;
        this.signatures = new Signatures(new IssuerKeys(fetches), new Canonical(standards), at);
        this.statuses = new Statuses(fetches, signatures, at);
    }

    /** {@code withParts}: also of the credentials that it holds, if it is a record, and of the endorsements that it carries. */
    Verification verification(Presented presented, boolean withParts) {
        var credential = presented.credential();
        var ours = held.apply(credential.path("id").asText());
        var checks = new ArrayList<Check>();
        checks.add(new Check("readable", true, form(presented)));
        // What was issued here was held against the schema before it was signed.
        checks.add(ours.isPresent() ? Shape.check(credential) : Shape.check(credential, standards));
        checks.addAll(signatures.checks(presented));
        boolean hasBroughtKeys = fetches.hasUsedBrought();
        var dates = dates(credential);
        checks.add(dates.check());
        boolean isHeld = ours.filter(Held::isSuspended).isPresent();
        var status = status(credential, checks, isHeld);
        checks.add(status.check());
        ours.ifPresent(one -> checks.add(newest(credential, one)));
        if (isPassed(checks, "signature")) {
            Arithmetic.check(credential).ifPresent(checks::add);
        }
        var parts = withParts ? parts(credential) : List.<Verification>of();
        if (!parts.isEmpty()) {
            checks.add(parts(parts));
        }
        var verdict = verdict(checks, dates, status.state(), isHeld);
        if (fetches.hasUsedBrought()) {
            checks.add(brought(credential, verdict, hasBroughtKeys));
            verdict = known(verdict, hasBroughtKeys);
        }
        var endorsements = withParts ? endorsements(credential) : List.<Verification>of();
        return new Verification(verdict, checks, credential, parts, endorsements);
    }

    private static String form(Presented presented) {
        return switch (presented) {
            case Presented.Token token -> "It is a VC-JWT.";
            case Presented.Proved proved -> "It is JSON with a Data Integrity proof.";
        };
    }

    private Verdict verdict(List<Check> checks, Dates dates, Statuses.State status, boolean isHeld) {
        if (isFailed(checks, "signature") || isFailed(checks, "issuer") || isFailed(checks, "claims")) {
            return Verdict.NOT_GENUINE;
        }
        // Which it passes only by a key that its issuer calls its own.
        if (!isPassed(checks, "signature")) {
            return Verdict.UNCHECKED;
        }
        if (status == Statuses.State.REVOKED) {
            return Verdict.REVOKED;
        }
        if (isFailed(checks, "schema") || isFailed(checks, "terms")) {
            return Verdict.NONCONFORMING;
        }
        if (isFailed(checks, "rule")) {
            return Verdict.RULE_NOT_MET;
        }
        // What is held was issued anew to end as it begins, which may be a second from now.
        if (isHeld) {
            return Verdict.SUSPENDED;
        }
        return switch (dates) {
            case OVER -> Verdict.EXPIRED;
            case AHEAD -> Verdict.NOT_YET_VALID;
            case UNREADABLE -> Verdict.NONCONFORMING;
            case NOW -> {
                if (status == Statuses.State.SUSPENDED) {
                    yield Verdict.SUSPENDED;
                }
                if (isFailed(checks, "newest")) {
                    yield Verdict.SUPERSEDED;
                }
                if (isFailed(checks, "parts")) {
                    yield Verdict.PARTS_FAIL;
                }
                boolean isKnown = status == Statuses.State.STANDS && !isUnknown(checks, "parts");
                yield isKnown ? Verdict.VALID : Verdict.UNCHECKED;
            }
        };
    }

    /** What is left of a verdict that rests on what was brought: anybody can bring keys, and a list that has been overtaken. */
    private static Verdict known(Verdict verdict, boolean hasBroughtKeys) {
        return switch (verdict) {
            case VALID -> Verdict.STOOD;
            case NOT_GENUINE, UNCHECKED -> verdict;
            default -> hasBroughtKeys ? Verdict.UNCHECKED : verdict;
        };
    }

    private Check brought(JsonNode credential, Verdict verdict, boolean hasBroughtKeys) {
        if (verdict != Verdict.VALID) {
            return new Check("pack", null, "Its issuer could not be asked, so what came with it was looked at.");
        }
        var from = statuses.broughtFrom().orElseGet(() -> moment(credential, "validFrom"));
        var stood = "By what came with it, it stood on %s; what its issuer has said since is not known."
                .formatted(from.toString().substring(0, 10));
        return new Check(
                "pack",
                null,
                hasBroughtKeys ? stood + " Whoever made this file could have put in keys of their own." : stood);
    }

    private static boolean isPassed(List<Check> checks, String name) {
        return checks.stream().anyMatch(check -> check.name().equals(name) && check.isPassed());
    }

    private static boolean isFailed(List<Check> checks, String name) {
        return checks.stream().anyMatch(check -> check.name().equals(name) && check.isFailed());
    }

    private static boolean isUnknown(List<Check> checks, String name) {
        return checks.stream().anyMatch(check -> check.name().equals(name) && check.passed() == null);
    }

    /** A list that anybody could name is not asked for what nobody signed. */
    private Statuses.Outcome status(JsonNode credential, List<Check> checks, boolean isHeld) {
        if (!isPassed(checks, "signature")) {
            return new Statuses.Outcome(
                    Statuses.State.UNKNOWN,
                    new Check("status", null, "Whether it was revoked is not asked of an issuer who did not sign it."));
        }
        var outcome = statuses.outcome(credential);
        return isHeld && outcome.state() == Statuses.State.STANDS
                ? new Statuses.Outcome(
                        Statuses.State.SUSPENDED, new Check("status", false, "Its issuer holds it for review."))
                : outcome;
    }

    private Check newest(JsonNode credential, Held ours) {
        if (!CredentialJson.issuer(credential).equals(ours.issuer())) {
            // Another issuer's is no newer form of the same (Open Badges 3.0, credential equality and comparison).
            return new Check(
                    "newest", true, "Its issuer has since taken another name, and answers for this one still.");
        }
        try {
            boolean isNewest = !moment(credential, "validFrom").isBefore(ours.validFrom());
            return isNewest
                    ? new Check("newest", true, "Its issuer has not issued it anew.")
                    : new Check(
                            "newest",
                            false,
                            "Its issuer issued it anew on %s."
                                    .formatted(ours.validFrom().toString().substring(0, 10)));
        } catch (DateTimeException e) {
            return new Check("newest", null, "Its dates cannot be read.");
        }
    }

    private enum Dates {
        NOW(new Check("dates", true, "Today is within the dates for which it was issued.")),
        AHEAD(new Check("dates", false, "The time for which it was issued has not begun.")),
        OVER(new Check("dates", false, "The time for which it was issued is over.")),
        UNREADABLE(new Check("dates", false, "Its dates cannot be read."));

        private final Check check;

        Dates(Check check) {
            this.check = check;
        }

        Check check() {
            return check;
        }
    }

    private Dates dates(JsonNode credential) {
        try {
            if (credential.has("validUntil") && !at.isBefore(moment(credential, "validUntil"))) {
                return Dates.OVER;
            }
            return at.isBefore(moment(credential, "validFrom")) ? Dates.AHEAD : Dates.NOW;
        } catch (DateTimeException e) {
            return Dates.UNREADABLE;
        }
    }

    private static Instant moment(JsonNode credential, String member) {
        return OffsetDateTime.parse(credential.path(member).asText()).toInstant();
    }

    private List<Verification> parts(JsonNode credential) {
        var parts = new ArrayList<Verification>();
        var inside = credential.path("credentialSubject").path("verifiableCredential");
        for (var one : inside.isObject() ? List.of(inside) : inside) {
            parts.add(parts.size() < PARTS ? part(one) : Verification.unreadable("It is one of too many."));
            if (parts.size() > PARTS) {
                break;
            }
        }
        return parts;
    }

    private Verification part(JsonNode one) {
        try {
            return verification(Presented.read(one.isTextual() ? one.textValue() : one.toString()), false);
        } catch (IllegalArgumentException e) {
            return Verification.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private List<Verification> endorsements(JsonNode credential) {
        return Endorsed.list(credential).stream()
                .map(one -> one.judged(part(one.signed())))
                .toList();
    }

    private static Check parts(List<Verification> parts) {
        if (parts.stream().allMatch(Verification::isValid)) {
            return new Check("parts", true, "Every credential in it is genuine and stands.");
        }
        if (parts.stream().allMatch(part -> part.isValid() || part.verdict() == Verdict.STOOD)) {
            return new Check(
                    "parts", true, "Every credential in it is genuine and stands, or stood by what came with it.");
        }
        boolean isOnlyUnknown = parts.stream().allMatch(part -> part.isValid() || part.verdict() == Verdict.UNCHECKED);
        return isOnlyUnknown
                ? new Check("parts", null, "Not every credential in it could be checked.")
                : new Check("parts", false, "Not every credential in it is genuine and stands.");
    }
}
