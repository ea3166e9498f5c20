package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.StatusList;
import org.cairn.openbadges.verification.Verification.Check;
import org.jspecify.annotations.Nullable;

/** Whether an issuer has taken a credential back, by its Bitstring Status List 1.0, which it has to have signed itself. */
final class Statuses {

    /** From the least grave on: that it is revoked is certain, whatever else cannot be known. */
    enum State {
        STANDS,
        UNKNOWN,
        SUSPENDED,
        REVOKED
    }

    record Outcome(State state, Check check) {}

    private static final Duration LEEWAY = Duration.ofMinutes(5);

    private record Place(String address, String issuer, String purpose) {}

    private final Map<Place, JsonNode> lists = new HashMap<>();
    private final Fetches fetches;
    private final Signatures signatures;
    private final Instant at;
    private @Nullable Instant broughtFrom;

    Statuses(Fetches fetches, Signatures signatures, Instant at) {
        this.fetches = fetches;
        this.signatures = signatures;
        this.at = at;
    }

    /** From when the oldest list is that was taken as it was brought; empty where none was. */
    Optional<Instant> broughtFrom() {
        return Optional.ofNullable(broughtFrom);
    }

    Outcome outcome(JsonNode credential) {
        var entries = credential.path("credentialStatus");
        if (entries.isMissingNode()) {
            return new Outcome(
                    State.STANDS, new Check("status", true, "It names no list in which it could be revoked."));
        }
        var state = State.STANDS;
        for (var entry : entries.isArray() ? entries : List.of(entries)) {
            state = Collections.max(List.of(state, state(entry, CredentialJson.issuer(credential))));
        }
        return new Outcome(state, check(state));
    }

    private static Check check(State state) {
        return switch (state) {
            case STANDS -> new Check("status", true, "Its issuer has not revoked it.");
            case REVOKED -> new Check("status", false, "Its issuer has revoked it.");
            case SUSPENDED -> new Check("status", false, "Its issuer has suspended it.");
            case UNKNOWN ->
                new Check(
                        "status",
                        null,
                        "The issuer's list of revoked credentials could not be read, so it may be revoked.");
        };
    }

    private State state(JsonNode entry, String issuer) {
        var purpose = entry.path("statusPurpose").asText();
        var taken = purpose.equals("revocation") ? State.REVOKED : State.SUSPENDED;
        if (!entry.path("type").asText().equals("BitstringStatusListEntry")
                || entry.path("statusSize").asInt(1) != 1) {
            return State.UNKNOWN;
        }
        if (!purpose.equals("revocation") && !purpose.equals("suspension")) {
            // Messages and hints take nothing back.
            return State.STANDS;
        }
        try {
            var subject = list(entry.path("statusListCredential").asText(), issuer, purpose);
            int index = Integer.parseInt(entry.path("statusListIndex").asText());
            return StatusList.isSet(subject.path("encodedList").asText(), index) ? taken : State.STANDS;
        } catch (Problem | IllegalArgumentException e) {
            return State.UNKNOWN;
        }
    }

    /** Throws IllegalArgumentException where it is not that list, of that issuer, signed and of today. */
    private JsonNode list(String address, String issuer, String purpose) {
        return lists.computeIfAbsent(new Place(address, issuer, purpose), this::read);
    }

    private JsonNode read(Place place) {
        var address = place.address();
        var presented = Presented.read(new String(fetches.get(address), StandardCharsets.UTF_8));
        var list = presented.credential();
        var subject = list.path("credentialSubject");
        require(list.path("id").asText().equals(address));
        require(presented.issuer().equals(place.issuer()));
        require(has(list.path("type"), "BitstringStatusListCredential"));
        require(has(subject.path("statusPurpose"), place.purpose()));
        require(fetches.isBrought(address) ? isDated(list) : isOfToday(list));
        require(signatures.checks(presented).stream()
                .noneMatch(check -> !check.isPassed() && !check.name().equals("terms")));
        if (fetches.isBrought(address)) {
            var from = moment(list, "validFrom");
            broughtFrom = broughtFrom == null || from.isBefore(broughtFrom) ? from : broughtFrom;
        }
        return subject;
    }

    /** What was brought speaks of its own day. */
    private boolean isDated(ObjectNode list) {
        try {
            return !at.plus(LEEWAY).isBefore(moment(list, "validFrom"));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean isOfToday(ObjectNode list) {
        try {
            // A list may be signed while it is asked for, by a clock that is ahead of ours.
            return !(list.has("validFrom") && at.plus(LEEWAY).isBefore(moment(list, "validFrom")))
                    && !(list.has("validUntil") && !at.isBefore(moment(list, "validUntil")));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Instant moment(JsonNode list, String member) {
        return OffsetDateTime.parse(list.path(member).asText()).toInstant();
    }

    private static boolean has(JsonNode values, String value) {
        for (var one : values.isArray() ? values : List.of(values)) {
            if (one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Not a status list that says anything of this credential.");
        }
    }
}
