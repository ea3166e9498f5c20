package org.cairn.lti.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.cairn.keys.LtiKey;
import org.cairn.lti.KeySets;
import org.cairn.lti.Platform;
import org.cairn.outbound.Answer;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;

/** Both key sets: the LMS has to be able to read ours, and we theirs. */
final class KeyHop {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Keys keys;
    private final KeySets keySets;
    private final Outbound outbound;
    private final URI address;
    private final Clock clock;

    /** {@code address} is where LMSs fetch our keys. */
    KeyHop(Keys keys, KeySets keySets, Outbound outbound, URI address, Clock clock) {
        this.keys = keys;
        this.keySets = keySets;
        this.outbound = outbound;
        this.address = address;
        this.clock = clock;
    }

    Finding ours() {
        var signing = keys.ltiKey().kid();
        long published = keys.ltiKeys().size();
        boolean isNext = keys.ltiStates().stream().anyMatch(key -> key.state() == LtiKey.State.NEXT);
        return Finding.ok(
                Check.OUR_KEYS,
                "The key that signs what this LMS is sent can be read and is published, %s in all%s."
                                .formatted(Words.count(published, "key"), isNext ? ", the next one among them" : "")
                        + (signing.isEmpty() ? "" : " Its id begins with " + signing.substring(0, 6) + "."));
    }

    /** Whether what stands at the public address is our set, as far as it can be seen from here. */
    Finding ourAddress() {
        Answer answer;
        try {
            answer = outbound.send(Call.get(address, "application/json"));
        } catch (Problem problem) {
            return Finding.attention(
                    Check.OUR_ADDRESS,
                    "From its own machine Cairn cannot see its keys at its public address. " + problem.sentence(),
                    "Open %s from outside: if it shows keys there, all is well; if not, look at the public URL, the proxy and the certificate."
                            .formatted(address));
        }
        if (!answer.isSuccess()) {
            return Finding.failed(
                    Check.OUR_ADDRESS,
                    "At Cairn's public address there are no keys (status %d).".formatted(answer.status()),
                    "Lead %s through the proxy to Cairn.".formatted(address));
        }
        var kid = keys.ltiKey().kid();
        return shows(answer, kid)
                ? Finding.ok(Check.OUR_ADDRESS, "Cairn's public address shows the key that signs.")
                : Finding.failed(
                        Check.OUR_ADDRESS,
                        "Cairn's public address answers, and does not show the key that signs.",
                        "Another server, an error page or an old copy in a proxy answers at %s; lead it to this Cairn, and do not keep copies for longer than five minutes."
                                .formatted(address));
    }

    Finding theirs(Platform platform) {
        var now = clock.instant();
        var before = keySets.known(platform)
                .map(known -> " Before, it was fetched %s.".formatted(Words.ago(known.fetchedAt(), now)))
                .orElse(" It had never been fetched before.");
        try {
            int usable = keySets.refresh(platform);
            return Finding.ok(
                    Check.THEIR_KEYS,
                    "The LMS's key set was fetched just now and holds %s that Cairn can use."
                                    .formatted(Words.count(usable, "key"))
                            + before);
        } catch (Problem problem) {
            return Finding.failed(
                    Check.THEIR_KEYS,
                    "The LMS's key set could not be read. " + problem.sentence() + before,
                    advice(problem, platform));
        }
    }

    private static String advice(Problem problem, Platform platform) {
        var host = Words.host(platform.keySet());
        return switch (problem.code()) {
            case "key_set_refused" ->
                "Compare the address of the key set in this connection with the public keyset URL that the LMS shows.";
            case "key_set_unreadable" ->
                "A page stands where keys should be, mostly a sign-in or a maintenance page: compare the address of the key set with what the LMS shows.";
            case "key_set_empty" ->
                "An RSA key of 2048 to 8192 bits with a key id is needed; look whether the address of the key set is the LMS's own.";
            default ->
                "See that Cairn's machine can reach %s: its name, the firewall and its certificate. Launches go on with the keys of the last fetch for a day."
                        .formatted(host);
        };
    }

    private static boolean shows(Answer answer, String kid) {
        try {
            for (var key : JSON.readTree(answer.body()).path("keys")) {
                if (key.path("kid").asText().equals(kid)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
