package cloud.wuye.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.problem.Problem;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to a command, in whatever order, it keeps its promises. */
class CommandWalkTest {
    enum Event {
        HAND,
        SEND,
        ACCEPTED,
        EXECUTED,
        FAILED,
        TOO_LATE,
        SWEEP,
        CANCEL,
        SUPERSEDE,
        RETURN,
        FOUND_DONE,
        FOUND_NOT_DONE
    }

    @Property(tries = 3_000)
    void promisesHoldOverAnyWalk(
            @ForAll OpKind kind,
            @ForAll @Size(max = 40) List<Event> events,
            @ForAll @Size(40) List<@IntRange(min = 0, max = 4_000) Integer> seconds) {
        DeviceCommand command = CommandFixture.command(op(kind), 1L, CommandStateTest.NOON);
        Instant now = CommandStateTest.NOON;
        for (int i = 0; i < events.size(); i++) {
            now = now.plusSeconds(seconds.get(i));
            CommandState before = command.state();
            int attempts = command.attempt();
            boolean told = apply(command, events.get(i), now);
            check(command, before, attempts, events.get(i), told);
        }
    }

    private static CommandOp op(OpKind kind) {
        return switch (kind) {
            case ABSOLUTE -> CommandOp.absolute("relay.set").readBackBy("state.read");
            case INCREMENTAL -> CommandOp.incremental("credit.add");
            case MOMENTARY -> CommandOp.momentary("door.open");
        };
    }

    /** Whether the device spoke and was believed. */
    private static boolean apply(DeviceCommand command, Event event, Instant now) {
        try {
            switch (event) {
                case HAND -> command.hand++;
                case SEND -> command.send(now);
                case SWEEP -> command.overdue(now);
                case CANCEL -> command.cancel(now, null);
                case SUPERSEDE -> command.supersede(now, null);
                case RETURN -> command.returnToQueue();
                case FOUND_DONE -> command.found(SiteFinding.DONE, now, "seen");
                case FOUND_NOT_DONE -> command.found(SiteFinding.NOT_DONE, now, "seen");
                case ACCEPTED -> {
                    return command.accepted(now);
                }
                case EXECUTED -> {
                    return command.succeeded(now, null);
                }
                case FAILED -> {
                    return command.failed(now, "X", null, null);
                }
                case TOO_LATE -> {
                    return command.tooLate(now, "X", null);
                }
            }
        } catch (Problem refused) {
            return false;
        }
        return false;
    }

    private static void check(DeviceCommand command, CommandState before, int attempts, Event event, boolean told) {
        CommandState after = command.state();
        if (before.isFinal()) {
            assertEquals(before, after, "a final state is never left");
        }
        assertTrue(command.attempt() <= command.maxAttempts, "attempts are limited");
        assertTrue(event == Event.SEND || command.attempt() == attempts, "only sending is an attempt");
        assertTrue(after != CommandState.TIMED_OUT, "nobody rests in TIMED_OUT");
        if (after.isOpen()) {
            assertNotNull(command.deadline, "an open command has a deadline in its row");
        }
        if (after.isFinal()) {
            assertNull(command.deadline);
            assertNotNull(command.settledAt);
        }
        if (after == CommandState.EXPIRED && !told && before != after) {
            assertEquals(0, command.attempt(), "what was on the wire never expires by our clock alone");
        }
        if (command.kind == OpKind.MOMENTARY && command.attempt() == 1) {
            assertTrue(after != CommandState.QUEUED, "a moment never comes back");
        }
        boolean claims = after == CommandState.SUCCEEDED || after == CommandState.FAILED;
        if (claims && before != after) {
            boolean seen =
                    before == CommandState.OUTCOME_UNKNOWN && event.name().startsWith("FOUND");
            assertTrue(command.attempt() > 0);
            assertTrue(told || seen, "an outcome rests on the device's word, or a person's where the device is silent");
        }
    }
}
