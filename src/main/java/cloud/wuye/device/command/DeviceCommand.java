package cloud.wuye.device.command;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/**
 * One order to one device. It keeps its own promises: every change of state is a method, and what {@link CommandState}
 * does not allow is refused with ILLEGAL_STATE. The row is locked while a method runs, so nothing here waits or retries.
 */
public final class DeviceCommand extends StoredCommand {
    /** How soon a read-back that told nothing is tried again: later each time, in the end once a day. */
    private static final Duration READ_BACK_SOON = Duration.ofMinutes(5);

    private static final Duration READ_BACK_LATE = Duration.ofDays(1);

    /** After that nobody asks any more: a person has to look. */
    private static final Duration READ_BACK_ENDS = Duration.ofDays(7);

    private boolean contradicted;
    private Long answeredVersion;
    private final TreeMap<Integer, Attempt> touched = new TreeMap<>();

    DeviceCommand() {}

    /** QUEUED → SENT: about to be published. Committed before it is, so a crash can lose a transmission, never hide one. */
    void send(Instant now) {
        if (!now.isBefore(expiresAt) || attempt >= maxAttempts) {
            throw illegal();
        }
        move(CommandState.SENT);
        attempt++;
        deadline = now.plus(ackWithin);
        current().sentAt = now;
    }

    /** Until when the transmission under way may be executed. */
    Instant notAfter(Instant sentAt) {
        Instant end = sentAt.plus(validFor);
        return end.isBefore(expiresAt) ? end : expiresAt;
    }

    /** Whether this hand-over may be published again after a crash: the device has not answered, and twice does no harm. */
    boolean mayRepeat(int handed) {
        return state == CommandState.SENT && hand == handed && kind != OpKind.MOMENTARY;
    }

    /** Back from the relay unsent, because the device has gone; waits for it in the queue. */
    void returnToQueue() {
        if (state != CommandState.QUEUED) {
            throw illegal();
        }
        inRelay = false;
    }

    /** QUEUED → CANCELLED. Refused once a command may have been executed that is no plain absolute one. */
    void cancel(Instant now, String why) {
        if (hasUsedUp()) {
            throw illegal();
        }
        settle(CommandState.CANCELLED, now, null, why, null);
    }

    /** QUEUED → SUPERSEDED. Refused once a command may have been executed that is no plain absolute one. */
    public void supersede(Instant now, String why) {
        if (hasUsedUp()) {
            throw illegal();
        }
        settle(CommandState.SUPERSEDED, now, null, why, null);
    }

    /** Whether it may have done what no later order makes good: a moment's act, or a purchase number taken. */
    boolean hasUsedUp() {
        return attempt > 0 && (kind != OpKind.ABSOLUTE || sequenceNo != null);
    }

    /** What must happen now that the deadline has passed. Before it, or where none stands, nothing. */
    void overdue(Instant now) {
        if (deadline == null || now.isBefore(deadline)) {
            return;
        }
        switch (state) {
            case QUEUED -> expire(now);
            case SENT, ACCEPTED -> timeOut(now);
            default -> {
                // OUTCOME_UNKNOWN: a read-back is due, which is another command's business.
            }
        }
    }

    private void expire(Instant now) {
        if (attempt == 0) {
            settle(CommandState.EXPIRED, now, "NOT_SENT_IN_TIME", null, null);
            return;
        }
        move(CommandState.TIMED_OUT);
        giveUp(now);
    }

    private void timeOut(Instant now) {
        current().end(now, CommandState.TIMED_OUT, state == CommandState.SENT ? "NO_ANSWER" : "NOT_FINISHED", null);
        move(CommandState.TIMED_OUT);
        inRelay = false;
        if (attempt < maxAttempts && now.isBefore(expiresAt)) {
            move(CommandState.QUEUED);
            deadline = expiresAt;
        } else {
            giveUp(now);
        }
    }

    private void giveUp(Instant now) {
        move(CommandState.OUTCOME_UNKNOWN);
        doubtedAt = now;
        deadline = readBack == null ? null : now;
    }

    /** Notes that a read-back is under way; the next one comes if this one tells nothing, after as long as it has been. */
    void readBackIssued(Instant now) {
        Duration since = Duration.between(doubtedAt == null ? createdAt : doubtedAt, now);
        Duration pause = since.compareTo(READ_BACK_SOON) < 0 ? READ_BACK_SOON : since;
        deadline = since.compareTo(READ_BACK_ENDS) > 0
                ? null
                : now.plus(pause.compareTo(READ_BACK_LATE) > 0 ? READ_BACK_LATE : pause);
    }

    /** The device has it. Late or repeated news changes nothing. */
    boolean accepted(Instant now) {
        resume();
        if (state != CommandState.SENT) {
            return late();
        }
        move(CommandState.ACCEPTED);
        deadline = now.plus(doneWithin);
        current().acceptedAt = now;
        return true;
    }

    /** The device's answer names the version of its state after it. */
    void answeredIn(Long stateVersion) {
        answeredVersion = stateVersion;
    }

    /** The device has done it, or evidence shows that it is done. */
    boolean succeeded(Instant now, String json) {
        return answered(CommandState.SUCCEEDED, now, null, null, json);
    }

    /** The device has refused or failed, or evidence shows that it is not done. */
    boolean failed(Instant now, String why, String words, String json) {
        return answered(CommandState.FAILED, now, why, words, json);
    }

    /** The device got it too late and did nothing. */
    boolean tooLate(Instant now, String why, String words) {
        return answered(CommandState.EXPIRED, now, why, words, null);
    }

    private boolean answered(CommandState as, Instant now, String why, String words, String json) {
        resume();
        if (!state.allows(as) || state == CommandState.QUEUED) {
            evidence(as);
            return late();
        }
        if (state != CommandState.OUTCOME_UNKNOWN) {
            current().end(now, as, why, words);
        }
        settle(as, now, why, words, json);
        return true;
    }

    /** OUTCOME_UNKNOWN → SUCCEEDED or FAILED, on a person's word. False when that person's word stands there already. */
    boolean found(SiteFinding finding, Instant now, String how) {
        if (finding.code.equals(code) && state == finding.state) {
            return false;
        }
        if (state != CommandState.OUTCOME_UNKNOWN) {
            throw illegal();
        }
        settle(finding.state, now, finding.code, how, null);
        return true;
    }

    /** The device's own word on a command that a person settled; if it is another, that is written down, not believed. */
    void evidence(CommandState says) {
        if (SiteFinding.is(code) && (says == CommandState.SUCCEEDED) != (state == CommandState.SUCCEEDED)) {
            contradicted = true;
            current().contradict(says);
        }
    }

    /** Whether the device has just contradicted the person who settled it. */
    boolean contradicted() {
        return contradicted;
    }

    /** An answer to a transmission that was given up: it had arrived after all. */
    private void resume() {
        if (state == CommandState.QUEUED && attempt > 0) {
            move(CommandState.SENT);
        }
    }

    /** An answer that changes nothing: repeated, or after the command was settled otherwise. */
    private boolean late() {
        if (attempt > 0) {
            current().late++;
        }
        return false;
    }

    private void settle(CommandState as, Instant now, String why, String words, String json) {
        move(as);
        code = why;
        detail = words;
        result = json;
        settledAt = now;
        deadline = null;
        inRelay = false;
    }

    private void move(CommandState to) {
        if (!state.allows(to)) {
            throw illegal();
        }
        state = to;
    }

    private Problem illegal() {
        return new Problem(ProblemCode.ILLEGAL_STATE, null, state);
    }

    private Attempt current() {
        return touched.computeIfAbsent(attempt, Attempt::new);
    }

    /** The version of the device's state that the answer just heard names, or null. */
    public Long answeredVersion() {
        return answeredVersion;
    }

    /** Whether nobody knew its outcome until just now: what settled it is evidence or a late answer. */
    public boolean wasUnknown() {
        return stored == CommandState.OUTCOME_UNKNOWN;
    }

    /** Whether its state is another than the row's. */
    boolean moved() {
        return state != stored;
    }

    /** The attempts that changed since the row was read. */
    Collection<Attempt> touched() {
        return touched.values();
    }
}
