package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.EndorsementStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Baked;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.verification.Verification;
import org.jspecify.annotations.Nullable;

/** What strangers see of a credential, without an account: of ours at its address, and of any that they show. */
public final class VerifyPages {

    /** {@code result} is null before anything was shown; {@code problem} says why nothing could be. */
    public record View(
            Frame frame,
            boolean hasForm,
            @Nullable Result result,
            @Nullable String problem) {}

    /**
     * Everything about the credential is read from the signed text. Only what its badge looks like comes from us.
     *
     * @param meaning null where it cannot be read
     * @param emblem null for what is not known to be ours
     * @param download the address of its files, without their endings; null for others' credentials
     */
    public record Result(
            Verification.Verdict verdict,
            @Nullable Meaning meaning,
            List<Verification.Check> checks,
            List<Part> parts,
            List<Endorser> endorsers,
            @Nullable Emblem emblem,
            @Nullable String download) {

        public boolean isOurs() {
            return download != null;
        }

        /** What is not certain, or not for now, is neither good nor bad. */
        public String style() {
            return switch (verdict) {
                case VALID -> "valid";
                case UNCHECKED, STOOD, SUSPENDED, SUPERSEDED, NOT_YET_VALID -> "unknown";
                default -> "invalid";
            };
        }

        public String sign() {
            return switch (style()) {
                case "valid" -> "✓";
                case "unknown" -> verdict == Verification.Verdict.UNCHECKED ? "?" : "!";
                default -> "✕";
            };
        }
    }

    /** A credential in a record. */
    public record Part(String name, Verification.Verdict verdict) {

        public String style() {
            return switch (verdict) {
                case VALID -> "passed";
                case UNCHECKED, STOOD -> "unknown";
                default -> "failed";
            };
        }

        public String sign() {
            return switch (verdict) {
                case VALID -> "✓";
                case UNCHECKED, STOOD -> "?";
                default -> "✕";
            };
        }
    }

    // A file and the rest of its form.
    private static final int LARGEST = Baked.LARGEST + 1024 * 1024;
    private static final String PROMPT = "Choose a file, paste a text, or give an address: one of them is enough.";

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Verifying verifying;
    private final Clock clock;

    VerifyPages(Database database, Catalogues catalogues, Credentials credentials, Verifying verifying, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.verifying = verifying;
        this.clock = clock;
    }

    /** One of ours, by its address. */
    void show(Context context) {
        context.header("X-Robots-Tag", "noindex").header("Cache-Control", "no-store");
        var credential = CredentialFiles.shown(database, credentials, context.pathParam("credential"));
        show(context, credential, "/credentials/" + credential.id());
    }

    /** One of ours that somebody may see; {@code files} is the path of its files, without their endings. */
    void show(Context context, Credential credential, String files) {
        var result = result(verifying.one(credential.jwt()), credential, files);
        open(context, new View(new Frame(title(result), List.of()), false, result, null));
    }

    void form(Context context) {
        open(context, new View(frame(), true, null, null));
    }

    /** Whatever is shown: a file, a text or an address. Nothing of it is kept. */
    void check(Context context) throws IOException {
        context.header("Cache-Control", "no-store");
        var file = file(context);
        var text = FormFields.text(context, "text").strip();
        var address = FormFields.text(context, "address").strip();
        var own = verifying.page(address.isEmpty() && text.startsWith("http") ? text : address);
        if (own.isPresent()) {
            context.redirect(own.get(), HttpStatus.SEE_OTHER);
        } else if (file.length > 0) {
            answer(context, verifying.one(file));
        } else if (!text.isEmpty() && !text.matches("(?s)https?://\\S*")) {
            answer(context, verifying.one(text));
        } else if (!address.isEmpty() || !text.isEmpty()) {
            fetch(context, address.isEmpty() ? text : address);
        } else {
            refuse(context, PROMPT);
        }
    }

    private void fetch(Context context, String address) {
        try {
            answer(context, verifying.at(URI.create(address)));
        } catch (Problem problem) {
            refuse(context, problem.sentence());
        } catch (IllegalArgumentException e) {
            refuse(context, "That is no address; one begins with https://.");
        }
    }

    private void answer(Context context, Verification verification) {
        var result = result(verification, null, null);
        open(context, new View(new Frame(title(result), List.of()), true, result, null));
    }

    private static void refuse(Context context, String sentence) {
        context.status(422);
        open(context, new View(frame(), true, null, sentence));
    }

    private static byte[] file(Context context) throws IOException {
        if (!context.isMultipartFormData()) {
            return new byte[0];
        }
        if (context.contentLength() > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE, "verify_too_large", "A credential is read up to 2 MB; show a smaller one.");
        }
        var file = part(context);
        return file == null ? new byte[0] : file.content().readNBytes(Baked.LARGEST + 1);
    }

    private static @Nullable UploadedFile part(Context context) {
        try {
            return context.uploadedFile("file");
            // Javalin does not declare the ServletException that it lets through.
        } catch (Exception e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "verify_form_malformed",
                    "What was sent is no form with one file of at most 2 MB; choose the file and send it again.");
        }
    }

    private Result result(Verification verification, @Nullable Credential ours, @Nullable String files) {
        var parts = verification.parts().stream().map(VerifyPages::part).toList();
        var json = verification.credential();
        var carried = verification.endorsements().stream().map(Endorser::of);
        var known = ours == null ? null : known(ours);
        return new Result(
                verification.verdict(),
                json == null ? null : Meaning.of(json),
                verification.checks(),
                parts,
                Stream.concat(carried, known == null ? Stream.of() : known.partners().stream())
                        .toList(),
                known == null ? null : known.emblem(),
                files);
    }

    /** What is known here of one of ours beside what is signed: its badge, and what partners say of the version that was earned. */
    private record Known(Emblem emblem, List<Endorser> partners) {}

    private Known known(Credential ours) {
        return database.inTransaction(db -> {
            var earned = CredentialFiles.awarded(db, catalogues, ours);
            var standing = EndorsementStore.standing(db, ours.tenant(), earned.id(), earned.version(), clock.instant());
            return new Known(
                    Emblem.of(ours.tenant(), earned),
                    standing.stream()
                            .map(one -> Endorser.of(ours.tenant(), one))
                            .toList());
        });
    }

    private static Part part(Verification verification) {
        var json = verification.credential();
        return new Part(json == null ? "Something" : Meaning.of(json).name(), verification.verdict());
    }

    private static Frame frame() {
        return new Frame("Check a credential", List.of());
    }

    private static String title(Result result) {
        return result.meaning() == null
                ? "Check a credential"
                : result.meaning().name();
    }

    private static void open(Context context, View view) {
        Pages.open(context, "verify", view);
    }
}
