package org.cairn.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** An RSA key of 2,048 bits that is no secret: to make one takes seconds where a test takes milliseconds. */
public final class RsaKey {

    private static final BigInteger P = new BigInteger(
            "183u2a7vkqph4rfdiemhicp886ew9plnl9wq6pq23lzx1jf32a3dmlmtfvxk6u2yp73fpzi4mj2ear4hv2fmy6an60mw6qcbdqpw"
                    + "x2wr5z6dggzvwxsbokmajdyyknd2eiym2y2ii6gr6hco9ubrzel3cf3ycsjarp9enygb17m7dd6zt1ii0ie4b60put5tntmgacp",
            36);
    private static final BigInteger Q = new BigInteger(
            "ytqrwhli2zqercxgdo6t8bi35u5cjqf14dl4oip0mbq1ke8b7hypber0vs32p8qp143oatvjr35l44nr8hi1nsa53x1hou908q9v"
                    + "k4xqy92i8vb0llg3ce63lduz9hhv761p3szamri26pyjzc2uqoue2f0etnl139z5u7irvqwhzi604wf08skhix3ue7aosyes41",
            36);
    private static final BigInteger E = BigInteger.valueOf(65537);

    private RsaKey() {}

    public static KeyPair pair() {
        var modulus = P.multiply(Q);
        var p1 = P.subtract(BigInteger.ONE);
        var q1 = Q.subtract(BigInteger.ONE);
        var d = E.modInverse(p1.multiply(q1));
        try {
            var factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, E)),
                    factory.generatePrivate(
                            new RSAPrivateCrtKeySpec(modulus, E, d, P, Q, d.mod(p1), d.mod(q1), Q.modInverse(P))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
