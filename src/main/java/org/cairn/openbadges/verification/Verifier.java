package org.cairn.openbadges.verification;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cairn.openbadges.Pack;

/**
 * Checks credentials of ours and of others: Open Badges 3.0, endorsements and CLR 2.0, as VC-JWT or with a Data Integrity proof, as text, in
 * a picture or attached to a PDF. It knows nothing but the text; the issuer's document and the status list are fetched. A damaged or hostile text gets a verdict,
 * never an exception, and no more than so many fetches and so much time. Safe for many threads.
 */
public final class Verifier {

    private static final int FETCHES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Function<URI, byte[]> fetch;
    private final Standards standards;
    private final Function<String, Optional<Held>> held;

    /**
     * {@code fetch} returns the body that an address answers with, or throws Problem; {@code held} what is held of a credential of this id,
     * where it was issued here.
     */
    public Verifier(Function<URI, byte[]> fetch, Standards standards, Function<String, Optional<Held>> held) {
        this.fetch = fetch;
        this.standards = standards;
        this.held = held;
    }

    /** Checks a text as of an instant. */
    public Verification verify(String text, Instant at) {
        return checked(() -> Presented.read(text), checking(at, FETCHES));
    }

    /** Checks a text, a picture or PDF that carries one, or a pack, of which what it brings is asked where nobody else answers. */
    public Verification verify(byte[] file, Instant at) {
        return Pack.isZip(file) ? ofPack(file, at) : checked(() -> Presented.read(file), checking(at, FETCHES));
    }

    /** Checks several, in order; what they share is fetched once, and together they get no more than one with as many fetches each. */
    public List<Verification> verifyAll(List<String> texts, Instant at) {
        var checking = checking(at, Math.min(FETCHES * texts.size(), 10 * FETCHES));
        return texts.stream()
                .map(text -> checked(() -> Presented.read(text), checking))
                .toList();
    }

    private Verification ofPack(byte[] file, Instant at) {
        Pack pack;
        try {
            pack = Pack.read(file);
        } catch (IllegalArgumentException e) {
            return Verification.unreadable(String.valueOf(e.getMessage()));
        }
        standards.offer(pack.answers());
        var fetches = new Fetches(fetch, FETCHES, PATIENCE, pack.answers());
        return checked(() -> Presented.read(pack), new Checking(fetches, standards, held, at));
    }

    private Checking checking(Instant at, int fetches) {
        return new Checking(new Fetches(fetch, fetches, PATIENCE), standards, held, at);
    }

    private static Verification checked(Supplier<Presented> shown, Checking checking) {
        Presented presented;
        try {
            presented = shown.get();
        } catch (IllegalArgumentException e) {
            return Verification.unreadable(String.valueOf(e.getMessage()));
        }
        return checking.verification(presented, true);
    }
}
