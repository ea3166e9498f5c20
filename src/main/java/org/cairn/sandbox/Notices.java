package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Telling tools what happens (Platform Notification Service 1.0). Like Canvas it tells once, and does not ask what became of it. */
final class Notices implements AutoCloseable {

    static final String HELLO = "LtiHelloWorldNotice";
    static final String COPY = "LtiContextCopyNotice";
    static final List<String> TYPES = List.of(HELLO, COPY);

    private static final String JSON = "application/json";

    private final Lms lms;
    private final Tokens tokens;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /** By deployment and type: one handler each. */
    private final Map<String, Map<String, String>> handlers = new ConcurrentHashMap<>();

    Notices(Lms lms, Tokens tokens) {
        this.lms = lms;
        this.tokens = tokens;
    }

    void list(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.NOTICES);
        var tool = deployment(context, call);
        call.answer(200, JSON, json(tool));
    }

    /** An empty handler is the end of it. Whoever subscribes is greeted. */
    void subscribe(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.NOTICES);
        call.content(JSON);
        var tool = deployment(context, call);
        var type = call.body().path("notice_type").asText("");
        require(TYPES.contains(type), 400, "No such notice type");
        var handler = call.body().path("handler").asText("");
        require(handler.isEmpty() || isAt(handler, tool), 400, "The handler is not at the tool's domain");
        var own = handlers.computeIfAbsent(tool.deploymentId(), id -> new ConcurrentHashMap<>());
        if (handler.isEmpty()) {
            own.remove(type);
        } else {
            own.put(type, handler);
        }
        call.answer(200, JSON, json(tool));
        if (!handler.isEmpty() && type.equals(HELLO)) {
            // After the answer, as a platform does: the tool may be waiting for it.
            Thread.startVirtualThread(() -> hello(tool));
        }
    }

    /** Greets a tool, if it wants to be. Returns the status of its answer; null where it was not told. */
    @Nullable
    Integer hello(Tool tool) {
        return tell(tool, HELLO, Lms.JSON.createObjectNode());
    }

    /** Tells every tool that a course was copied, where it can know of that. */
    void copied(Course from, Course to) {
        for (var tool : lms.tools()) {
            var claims = Lms.JSON.createObjectNode();
            claims.putObject(IdTokens.LTI + "context")
                    .put("id", to.id)
                    .put("title", to.title)
                    .putArray("type")
                    .add("CourseSection");
            claims.putArray(IdTokens.LTI + "origin_contexts").add(from.id);
            var _ = tell(tool, COPY, claims);
        }
    }

    private @Nullable Integer tell(Tool tool, String type, ObjectNode claims) {
        var handler = handlers.getOrDefault(tool.deploymentId(), Map.of()).get(type);
        if (handler == null || lms.switches.noticeDeliveries == 0) {
            return null;
        }
        var body = Lms.JSON.createObjectNode();
        body.putArray("notices").addObject().put("jwt", lms.key.sign(notice(tool, type, claims)));
        Integer status = null;
        for (int i = 0; i < lms.switches.noticeDeliveries; i++) {
            status = post(URI.create(handler), body);
        }
        return status;
    }

    private ObjectNode notice(Tool tool, String type, ObjectNode claims) {
        var now = lms.now();
        claims.put("iss", lms.issuer())
                .put("aud", tool.clientId())
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + 300)
                .put("nonce", UUID.randomUUID().toString());
        claims.put(IdTokens.LTI + "version", "1.3.0").put(IdTokens.LTI + "deployment_id", tool.deploymentId());
        claims.putObject(IdTokens.LTI + "notice")
                .put("id", UUID.randomUUID().toString())
                .put("timestamp", now.toString())
                .put("type", type);
        return claims;
    }

    private @Nullable Integer post(URI handler, JsonNode body) {
        var request = HttpRequest.newBuilder(handler)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Tool deployment(Context context, ServiceCall call) {
        return lms.tool(context.pathParam("deployment"))
                .filter(tool -> tool.clientId().equals(call.tool().clientId()))
                .orElseThrow(() -> new Answers(404, "No such deployment"));
    }

    private ObjectNode json(Tool tool) {
        var json =
                Lms.JSON.createObjectNode().put("client_id", tool.clientId()).put("deployment_id", tool.deploymentId());
        var list = json.putArray("notice_handlers");
        handlers.getOrDefault(tool.deploymentId(), Map.of())
                .forEach((type, handler) ->
                        list.addObject().put("notice_type", type).put("handler", handler));
        return json;
    }

    private static boolean isAt(String handler, Tool tool) {
        try {
            return tool.isAt(URI.create(handler));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
