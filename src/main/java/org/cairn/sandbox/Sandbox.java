package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small LMS for the demo and the tests: an honest peer, written from the specifications and as stiff as the Moodle that was measured.
 * Its state is in memory and begins with a course of 120 learners.
 */
public final class Sandbox implements AutoCloseable {

    private final Running running;
    private final Lms lms;

    /** Starts on this host and port, which have to be free: the address is what the sandbox calls itself in every message. */
    public static Sandbox start(String host, int port, Tool tool) {
        return start(host, port, Profile.MOODLE, tool);
    }

    /** The same, with the ways of another LMS. */
    public static Sandbox start(String host, int port, Profile profile, Tool tool) {
        return new Sandbox(new Running(host, port, profile, tool));
    }

    private Sandbox(Running running) {
        this.running = running;
        this.lms = running.lms;
    }

    /** Where this LMS is: scheme, host and port. */
    public String url() {
        return lms.url;
    }

    /** What it calls itself in its messages. */
    public String issuer() {
        return lms.issuer();
    }

    /** What it offers or does not, and what goes wrong at it. */
    public Switches switches() {
        return lms.switches;
    }

    public Course course() {
        return course(Seed.COURSE);
    }

    /** Throws IllegalArgumentException where there is none. */
    public Course course(String id) {
        return Optional.ofNullable(lms.courses.get(id))
                .orElseThrow(() -> new IllegalArgumentException("No course " + id));
    }

    /** Throws IllegalArgumentException where nobody of this number is in the seeded course. */
    public Person person(String sub) {
        return Optional.ofNullable(course().people.get(sub))
                .orElseThrow(() -> new IllegalArgumentException("Nobody has the number " + sub));
    }

    /** Adds another course, with the people of the seeded one and its activities, and no grades. */
    public Course addCourse(String id, String title) {
        var course = new Course(id, title, course().modules, course().activities, List.of());
        course.people.putAll(course().people);
        lms.courses.put(id, course);
        return course;
    }

    /** What teachers linked into a course by deep linking. */
    public List<Link> links(String course) {
        return course(course).links();
    }

    /** Grades a native activity as its teacher would, and sends it to the tool. */
    public void grade(String course, String activity, String sub, double score) {
        running.grading.grade(course(course), course(course).activity(activity).orElseThrow(), sub, score);
    }

    /** Grades in a column of the tool's; it learns of it when it asks. With null the grade is cleared. */
    public void gradeColumn(String course, String label, String sub, @Nullable Double score) {
        running.grading.grade(column(course, label), sub, score);
    }

    /** Throws IllegalArgumentException where there is none. */
    public Column column(String course, String label) {
        return course(course).columns().stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No column " + label));
    }

    /** Sends every native grade there is, as when a tool is connected to a running course. */
    public void sendAll() {
        running.grading.sendAll();
    }

    /** Whether everything that was to be sent has been. */
    public boolean isIdle() {
        return running.push.waiting() == 0;
    }

    /** What went wrong with sending last; null while all is well. */
    public @Nullable String pushProblem() {
        return running.push.problem();
    }

    /** The fields of a login initiation that this person's click would post to the tool. */
    public Map<String, String> initiation(String sub, String course) {
        return fields(running.clicks.open(person(sub), course(course), lms.home(course(course), lms.tool())));
    }

    /** The same, by one of the course's links. Throws IllegalArgumentException where there is no such link. */
    public Map<String, String> initiation(String sub, String course, String link) {
        var clicked = lms.link(course(course), link).orElseThrow(() -> new IllegalArgumentException("No link " + link));
        return fields(running.clicks.open(person(sub), course(course), clicked));
    }

    /** A teacher wants to add a link by the tool's page. */
    public Map<String, String> deepLink(String sub, String course) {
        return fields(running.deepLinking.ask(person(sub), lms.tool(), course(course)));
    }

    /** A teacher looks at a learner's work in a column that belongs to a link. */
    public Map<String, String> review(String sub, String course, Column column, String learner) {
        return fields(running.clicks.review(person(sub), course(course), String.valueOf(column.id()), learner));
    }

    /** Somebody asks what the tool keeps of people. */
    public Map<String, String> privacy(String sub) {
        return fields(running.clicks.privacy(person(sub)));
    }

    /** Somebody without a name opens the tool in a course. */
    public Map<String, String> anonymous(String course) {
        return fields(running.clicks.anonymous(course(course)));
    }

    /** Somebody opens the tool where there is no course. */
    public Map<String, String> outside(String sub) {
        return fields(running.clicks.outside(person(sub)));
    }

    /** A message of another type than the tool may know. */
    public Map<String, String> other(String sub, String course, String type) {
        return fields(running.clicks.other(person(sub), course(course), type));
    }

    /** The address that the frame of a registration opens, where an administrator typed the tool's. */
    public URI invite(URI tool) {
        return running.invitations.open(tool);
    }

    /** Lets every open registration run out. */
    public void expireInvitations() {
        running.invitations.expire();
    }

    /** Deploys a registered tool, or once more one that is deployed. Throws IllegalArgumentException where there is none. */
    public Tool install(String clientId) {
        return running.registrations
                .install(clientId)
                .orElseThrow(() -> new IllegalArgumentException("No tool " + clientId));
    }

    /** The tools that can be launched: first the one that was typed in. */
    public List<Tool> tools() {
        return lms.tools();
    }

    /** Copies a course as Moodle does, and tells the tools that want to be told. */
    public Course copyCourse(String from, String id, String title) {
        return running.copying.copy(course(from), id, title);
    }

    /** Greets the first tool, if it subscribed to that. Returns the status of its answer; null where it was not told or did not answer. */
    public @Nullable Integer hello() {
        return running.notices.hello(lms.tool());
    }

    /** From now on this LMS signs with another key, and publishes only that. */
    public void rotateKey() {
        lms.key.rotate();
    }

    /** Signs with the key before the last change again. */
    public void restoreKey() {
        lms.key.restore();
    }

    /** Changes the claims of every id_token from now on, for launches that a tool has to refuse. */
    public void changeClaims(UnaryOperator<ObjectNode> change) {
        running.oidc.change(change);
    }

    /** Changes the header of every id_token from now on; it is signed as changed. */
    public void changeHeader(UnaryOperator<ObjectNode> change) {
        running.oidc.changeHeader(change);
    }

    /** Changes every id_token after it was signed, from now on. */
    public void changeToken(UnaryOperator<String> change) {
        running.oidc.changeToken(change);
    }

    /** What its key set shows of the key that signs now, as X.509 has it. */
    public byte[] publicKey() {
        return lms.key.encoded();
    }

    /** The last calls of services by tools, the oldest first: a thousand of them at most. */
    public List<Heard> heard() {
        return List.copyOf(lms.heard);
    }

    @Override
    public void close() {
        running.close();
    }

    private Map<String, String> fields(Click click) {
        return running.oidc.initiation(click).fields();
    }
}
