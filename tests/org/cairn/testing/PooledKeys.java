package org.cairn.testing;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands out RSA keys that were made for earlier tests of the run, since making them is most of what a small test costs. No two of so many
 * that are asked for in a row are the same.
 */
public final class PooledKeys extends Provider {

    private static final int MOST = 16;
    private static final int SIZE = 2048;
    private static final List<KeyPair> POOL = new ArrayList<>();
    private static int given;

    private PooledKeys() {
        super("PooledKeys", "1", "RSA keys of earlier tests");
        put("KeyPairGenerator.RSA", Generator.class.getName());
    }

    /** From then on whoever generates RSA keys of 2,048 bits gets pooled ones. */
    static synchronized void install() {
        Security.insertProviderAt(new PooledKeys(), 1);
    }

    private static synchronized KeyPair next(KeyPairGenerator real) {
        if (POOL.size() < MOST) {
            POOL.add(real.generateKeyPair());
        }
        return POOL.get(given++ % MOST);
    }

    /** For the provider alone. */
    public static final class Generator extends KeyPairGeneratorSpi {

        private final KeyPairGenerator real;
        private boolean isPooled = true;

        public Generator() throws GeneralSecurityException {
            real = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
            real.initialize(SIZE);
        }

        @Override
        public void initialize(int size, SecureRandom random) {
            real.initialize(size, random);
            isPooled = size == SIZE;
        }

        @Override
        public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidAlgorithmParameterException {
            real.initialize(parameters, random);
            isPooled = parameters.equals(new RSAKeyGenParameterSpec(SIZE, RSAKeyGenParameterSpec.F4));
        }

        @Override
        public KeyPair generateKeyPair() {
            return isPooled ? next(real) : real.generateKeyPair();
        }
    }
}
