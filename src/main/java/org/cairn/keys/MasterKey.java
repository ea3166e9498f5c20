package org.cairn.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.cairn.Problem;

/**
 * The key under which every private key is encrypted: a file beside, not in, the database. Who loses it loses the private keys, and
 * with them the power to sign; what was signed still verifies. Safe for many threads.
 */
public final class MasterKey {

    private final Aead aead;

    private MasterKey(Aead aead) {
        this.aead = aead;
    }

    /**
     * Opens the file, or makes it, readable by its owner only. Throws Problem UNPROCESSABLE where it is not a master key, NOT_FOUND
     * where it cannot be read or made.
     */
    public static MasterKey open(Path file) {
        try {
            AeadConfig.register();
            if (Files.notExists(file)) {
                create(file);
            }
            // Not readString: of a file that is no text it complains as if the disk had failed.
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            var keyset = TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
            return new MasterKey(keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException e) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "master_key_unreadable",
                    "The file %s is not a master key; put the backup of it in its place.".formatted(file));
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "master_key_unreachable",
                    "The master key %s cannot be read or made; check its place and permissions.".formatted(file),
                    e.getClass().getSimpleName());
        }
    }

    /** {@code place} is bound to the text: it decrypts nowhere else. */
    byte[] encrypt(byte[] plain, String place) {
        try {
            return aead.encrypt(plain, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encryption failed.", e);
        }
    }

    /** Empty where it was encrypted under another key or for another place, or changed since. */
    Optional<byte[]> find(byte[] encrypted, String place) {
        try {
            return Optional.of(aead.decrypt(encrypted, place.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    byte[] decrypt(byte[] encrypted, String place) {
        try {
            return aead.decrypt(encrypted, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "master_key_wrong",
                    "The private keys were encrypted under another master key; put the backup of that one in its place, or if there is none, run `cairn replace-keys`.");
        }
    }

    private static void create(Path file) throws GeneralSecurityException, IOException {
        var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        var text = TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var whole = Files.createTempFile(folder, "master", ".new", ownerOnly(file));
        try {
            Files.writeString(whole, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            putInPlace(whole, file);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    // Only when it is whole, so that neither a crash nor another process that starts now finds a part of it; and over
    // nobody's.
    private static void putInPlace(Path whole, Path file) throws IOException {
        try {
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // Theirs is as good as ours, and is the one to use.
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.move(whole, file);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "MasterKey[…]";
    }
}
