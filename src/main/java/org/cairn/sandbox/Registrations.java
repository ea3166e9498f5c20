package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tools that register themselves (Dynamic Registration 1.0), and that look after their registration (RFC 7592). */
final class Registrations {

    /** What is known of one that registered: {@code access} is its right to change it. */
    record Registered(Tool tool, JsonNode application, String access) {}

    private final Lms lms;
    private final Invitations invitations;
    private final Configuration configuration;
    private final Map<String, Registered> all = new ConcurrentHashMap<>();

    Registrations(Lms lms, Invitations invitations) {
        this.lms = lms;
        this.invitations = invitations;
        this.configuration = new Configuration(lms);
    }

    /** Canvas shows it only to whom an administrator invited. */
    void configure(Context context) {
        if (lms.profile == Profile.CANVAS) {
            invitations.check(bearer(context));
        }
        var invitation = context.queryParam("invitation");
        context.json(configuration.describe(invitation).toString()).contentType("application/json");
    }

    void register(Context context) {
        var invitation = lms.profile == Profile.BRIGHTSPACE ? context.queryParam("invitation") : bearer(context);
        invitations.check(invitation);
        var json = body(context);
        var clientId = lms.profile == Profile.CANVAS
                ? "1000000000" + (all.size() + 1)
                : UUID.randomUUID().toString().substring(0, 15).replace("-", "x");
        var tool = new Application(lms.profile, json).tool(clientId, lms.nextDeployment());
        invitations.use(Objects.requireNonNull(invitation));
        var registered = new Registered(tool, json, UUID.randomUUID().toString());
        all.put(clientId, registered);
        // In Canvas a registration is nowhere until it is installed somewhere.
        if (lms.profile != Profile.CANVAS) {
            lms.add(tool);
        }
        answer(context, lms.profile == Profile.MOODLE ? 200 : 201, registered);
    }

    /** Deploys a registered tool, or one more time a tool that is there. */
    Optional<Tool> install(String clientId) {
        var registered = Optional.ofNullable(all.get(clientId)).map(Registered::tool);
        return registered.or(() -> lms.toolOf(clientId)).map(tool -> {
            var installed = tool.deployedAs(lms.nextDeployment());
            lms.add(installed);
            return installed;
        });
    }

    /** Those that are not deployed anywhere. */
    List<Tool> waiting() {
        return all.values().stream()
                .map(Registered::tool)
                .filter(tool -> lms.toolOf(tool.clientId()).isEmpty())
                .toList();
    }

    /** RFC 7592 §2.1. Moodle has nothing of the kind. */
    void read(Context context) {
        answer(context, 200, own(context));
    }

    /** RFC 7592 §2.2: what is sent takes the place of all that was. */
    void change(Context context) {
        var own = own(context);
        var json = body(context);
        require(
                !json.has("client_id")
                        || json.path("client_id").asText().equals(own.tool().clientId()),
                400,
                "invalid_client_id");
        var application = new Application(lms.profile, json);
        for (var deployed : lms.tools()) {
            if (deployed.clientId().equals(own.tool().clientId())) {
                lms.replace(application.tool(deployed.clientId(), deployed.deploymentId()));
            }
        }
        var changed = new Registered(
                application.tool(own.tool().clientId(), own.tool().deploymentId()), json, own.access());
        all.put(own.tool().clientId(), changed);
        answer(context, 200, changed);
    }

    private Registered own(Context context) {
        var registered = all.get(context.pathParam("client"));
        if (registered == null || !registered.access().equals(bearer(context))) {
            throw new Answers(401, "invalid_token");
        }
        return registered;
    }

    private void answer(Context context, int status, Registered registered) {
        var tool = registered.tool();
        var json = (ObjectNode) registered.application().deepCopy();
        json.put("client_id", tool.clientId()).put("scope", String.join(" ", said(tool)));
        var config = (ObjectNode) json.get(Application.TOOL);
        if (lms.profile == Profile.MOODLE) {
            // As measured: the deployment is told at once, a value ends at "=" (only here, the launch has it whole),
            // and other messages than
            // deep linking are forgotten.
            config.put("deployment_id", tool.deploymentId()).put("version", "1.3.0");
            tool.custom().forEach(config.putObject("custom_parameters")::put);
            config.path("custom_parameters")
                    .properties()
                    .forEach(one ->
                            one.setValue(config.textNode(one.getValue().asText().replaceFirst("=.*", ""))));
        } else {
            json.put("registration_client_uri", lms.url + lms.profile.registration + "/" + tool.clientId());
            json.put("registration_access_token", registered.access());
        }
        if (lms.profile == Profile.BRIGHTSPACE) {
            config.put("deployment_id", tool.deploymentId());
        }
        context.status(status).contentType("application/json").result(json.toString());
    }

    /** Moodle says that columns were granted to whoever asked for anything of the gradebook; the launch says what is true. */
    private Set<String> said(Tool tool) {
        var said = new TreeSet<>(tool.scopes());
        if (lms.profile == Profile.MOODLE && said.contains(Scopes.SCORE)) {
            said.add(Scopes.COLUMNS);
        }
        return said;
    }

    private static JsonNode body(Context context) {
        try {
            var json = Lms.JSON.readTree(context.body());
            require(json != null && json.isObject(), 400, "invalid_request");
            return Objects.requireNonNull(json);
        } catch (JsonProcessingException e) {
            throw new Answers(400, "invalid_request");
        }
    }

    private static @Nullable String bearer(Context context) {
        var authorization = context.header("Authorization");
        return authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7) : null;
    }
}
