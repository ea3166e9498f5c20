package org.cairn.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** All that this LMS knows, in memory: its courses, its tools, its key and its switches. */
final class Lms {

    static final ObjectMapper JSON = new ObjectMapper();

    final String url;
    final Profile profile;
    final Switches switches = new Switches();
    final PlatformKey key = new PlatformKey();
    final Map<String, Course> courses = new ConcurrentHashMap<>();
    final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

    private final List<Tool> tools = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastColumn = new AtomicInteger(500);
    private final AtomicInteger lastCourse = new AtomicInteger(10);
    private final AtomicInteger lastDeployment = new AtomicInteger(1);
    private final AtomicInteger lastLink = new AtomicInteger(20);

    Lms(String url, Profile profile, Tool tool) {
        this.url = url;
        this.profile = profile;
        tools.add(tool);
        switches.cloudIssuer = profile == Profile.CANVAS;
        switches.notices = profile != Profile.MOODLE;
        switches.groups = profile == Profile.BRIGHTSPACE;
        var seeded = Seed.course();
        courses.put(seeded.id, seeded);
    }

    /** What it calls itself, which need not be where it is. */
    String issuer() {
        return switches.cloudIssuer ? Profile.CANVAS_CLOUD : url;
    }

    /** The time, as its own clock has it. */
    Instant now() {
        return Instant.now().plusSeconds(switches.clockAheadSeconds);
    }

    List<Tool> tools() {
        return List.copyOf(tools);
    }

    /** The tool that was there from the start. */
    Tool tool() {
        return tools.getFirst();
    }

    Optional<Tool> tool(String deployment) {
        return tools.stream()
                .filter(tool -> tool.deploymentId().equals(deployment))
                .findFirst();
    }

    Optional<Tool> toolOf(String clientId) {
        return tools.stream().filter(tool -> tool.clientId().equals(clientId)).findFirst();
    }

    void add(Tool tool) {
        tools.add(tool);
    }

    void replace(Tool tool) {
        tools.replaceAll(one -> one.deploymentId().equals(tool.deploymentId()) ? tool : one);
    }

    /** Canvas's deployments name the place where the tool was installed. */
    String nextDeployment() {
        int next = lastDeployment.incrementAndGet();
        return profile == Profile.CANVAS ? next + ":example-university" : String.valueOf(next);
    }

    String nextCourse() {
        return String.valueOf(lastCourse.incrementAndGet());
    }

    int nextColumn() {
        return lastColumn.incrementAndGet();
    }

    String nextLink() {
        return String.valueOf(lastLink.incrementAndGet());
    }

    /** The link to a tool that every course has, added by hand: without a column, and without a word of the tool's. */
    Link home(Course course, Tool tool) {
        int number = 7 + tools.indexOf(tool);
        var history = course.history.stream().map(id -> number + "-" + id).toList();
        return new Link(
                number + "-" + course.id, tool.deploymentId(), "Your credentials", null, null, Map.of(), history);
    }

    Optional<Link> link(Course course, String id) {
        return course.links.stream()
                .filter(link -> link.id().equals(id))
                .findFirst()
                .or(() -> tools.stream()
                        .map(tool -> home(course, tool))
                        .filter(link -> link.id().equals(id))
                        .findFirst());
    }
}
