package org.cairn.sandbox;

import com.auth0.jwk.InvalidPublicKeyException;
import com.auth0.jwk.Jwk;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a tool signed something, by the key set that it publishes; asked for each time. */
final class ToolKeys implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /** Empty where it is no JWT, or not signed by RS256 with the key that it names. */
    Optional<DecodedJWT> verified(Tool tool, String text) {
        try {
            var jwt = JWT.decode(text);
            for (var key : keys(tool)) {
                if (String.valueOf(jwt.getKeyId()).equals(key.get("kid")) && "RS256".equals(jwt.getAlgorithm())) {
                    Algorithm.RSA256((RSAPublicKey) Jwk.fromValues(key).getPublicKey(), null)
                            .verify(jwt);
                    return Optional.of(jwt);
                }
            }
            return Optional.empty();
        } catch (JWTVerificationException | InvalidPublicKeyException e) {
            return Optional.empty();
        }
    }

    private List<Map<String, Object>> keys(Tool tool) {
        var request = HttpRequest.newBuilder(tool.keySet())
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            var set = Lms.JSON.readValue(answer.body(), new TypeReference<Map<String, List<Map<String, Object>>>>() {});
            return set.getOrDefault("keys", List.of());
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
