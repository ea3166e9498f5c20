package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.cairn.Problem;
import org.cairn.openbadges.CredentialJson;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;

/** What is fetched for one verification: nothing twice, not many, and not for long, since a stranger's text says what. For one thread. */
final class Fetches {

    private record Fetched(
            byte @Nullable [] body,
            boolean isBrought,
            @Nullable Problem problem) {}

    private final Function<URI, byte[]> fetch;
    private final int most;
    private final long until;
    private final Map<String, String> brought;
    private final Map<String, Fetched> known = new HashMap<>();

    Fetches(Function<URI, byte[]> fetch, int most, Duration patience) {
        this(fetch, most, patience, Map.of());
    }

    /** {@code brought} is what addresses are said to have answered: it is taken where nobody answers there any more. */
    Fetches(Function<URI, byte[]> fetch, int most, Duration patience, Map<String, String> brought) {
        this.fetch = fetch;
        this.brought = brought;
        this.most = most;
        this.until = System.nanoTime() + patience.toNanos();
    }

    /** Whether anything so far was taken as it was brought. */
    boolean hasUsedBrought() {
        return known.values().stream().anyMatch(Fetched::isBrought);
    }

    boolean isBrought(String address) {
        var fetched = known.get(address);
        return fetched != null && fetched.isBrought();
    }

    /** Throws Problem where there is no answer, or none was asked for any more. */
    byte[] get(String address) {
        var fetched = known.get(address);
        if (fetched == null) {
            fetched = ask(address);
            known.put(address, fetched);
        }
        if (fetched.body() == null) {
            throw Objects.requireNonNull(fetched.problem());
        }
        return fetched.body();
    }

    /** Throws Problem also where the answer is no JSON object. */
    ObjectNode json(String address) {
        try {
            return CredentialJson.read(get(address));
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.UPSTREAM, "answer_unreadable", "The answer of another system is no JSON.");
        }
    }

    private Fetched ask(String address) {
        if (known.size() >= most || System.nanoTime() - until > 0) {
            return new Fetched(null, false, tooMany());
        }
        try {
            return new Fetched(fetch.apply(URI.create(address)), false, null);
        } catch (Problem problem) {
            return brought(address, problem);
        } catch (IllegalArgumentException e) {
            return new Fetched(
                    null, false, new Problem(Problem.Kind.UPSTREAM, "address_malformed", "An address in it is none."));
        }
    }

    /** A host that answers has its say, also if it only says that there is no such thing. */
    private Fetched brought(String address, Problem problem) {
        var text = brought.get(address);
        if (text == null || !problem.code().equals(Outbound.UNREACHABLE)) {
            return new Fetched(null, false, problem);
        }
        return new Fetched(text.getBytes(StandardCharsets.UTF_8), true, null);
    }

    private static Problem tooMany() {
        return new Problem(
                Problem.Kind.UPSTREAM,
                "too_many_fetches",
                "It names more addresses than are asked for one credential.");
    }
}
