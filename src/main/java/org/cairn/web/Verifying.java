package org.cairn.web;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.award.AwardStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.verification.Held;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.Verification;
import org.cairn.openbadges.verification.Verifier;

/** Checks what strangers bring, with what is held here of our own credentials; a few at a time, and nothing of it is kept. */
final class Verifying {

    private static final int AT_ONCE = 16;

    private final Database database;
    private final Credentials credentials;
    private final Function<URI, byte[]> outside;
    private final Verifier verifier;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Clock clock;

    /** {@code own} has the documents of our own issuers, and nothing else; {@code outside} is what other systems answer. */
    Verifying(
            Database database,
            Credentials credentials,
            Function<URI, Optional<byte[]>> own,
            Function<URI, byte[]> outside,
            Standards standards,
            Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.outside = outside;
        this.clock = clock;
        // Our own documents without a way out and back in over the network; the checks are a stranger's.
        this.verifier = new Verifier(
                address -> own.apply(address).orElseGet(() -> outside.apply(address)), standards, this::held);
    }

    Verification one(String text) {
        return inTurn(() -> verifier.verify(text, clock.instant()));
    }

    Verification one(byte[] file) {
        return inTurn(() -> verifier.verify(file, clock.instant()));
    }

    List<Verification> all(List<String> texts) {
        return inTurn(() -> verifier.verifyAll(texts, clock.instant()));
    }

    /** What an address answers with; throws Problem where nothing is to be had from it. */
    Verification at(URI address) {
        return inTurn(() -> verifier.verify(outside.apply(address), clock.instant()));
    }

    /** The path of a page of ours that this address is of: of a credential, or of a link to one. */
    Optional<String> page(String address) {
        return credentials
                .addresses()
                .path(address)
                .filter(SharedPages::isLink)
                .or(() -> own(address).map(id -> "/verify/" + id));
    }

    /** The credential of ours that this address is of, or that it would be: its id, its page or one of its files. */
    Optional<CredentialId> own(String address) {
        return credentials
                .addresses()
                .path(address)
                .filter(path -> path.startsWith("/credentials/") || path.startsWith("/verify/"))
                .flatMap(path ->
                        credentialId(path.substring(path.indexOf('/', 1) + 1).replaceFirst("(\\.[a-z]+)+$", "")));
    }

    private static Optional<CredentialId> credentialId(String text) {
        try {
            return Optional.of(new CredentialId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Held> held(String id) {
        return own(id).flatMap(own -> database.inTransaction(db -> credentials
                .find(db, own)
                .map(credential -> new Held(
                        credential.issuedAs(),
                        credential.validFrom(),
                        AwardStore.find(db, credential.tenant(), credential.award())
                                .filter(award -> award.isSuspended() && !award.hasEnded(clock.instant()))
                                .isPresent()))));
    }

    private <T> T inTurn(Supplier<T> check) {
        try {
            if (!turns.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new Problem(
                        Problem.Kind.BUSY,
                        "verify_busy",
                        "Many credentials are being checked just now; try again in a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.BUSY, "verify_busy", "Cairn is being stopped; try again in a minute.");
        }
        try {
            return check.get();
        } finally {
            turns.release();
        }
    }
}
