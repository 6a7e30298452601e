package cloud.wuye.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommandStateTest {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    static DeviceCommand relay() {
        return CommandFixture.command(
                CommandOp.absolute("relay.set").inLane("switch").readBackBy("state.read"), null, NOON);
    }

    static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static void refused(Runnable act) {
        Problem problem = assertThrows(Problem.class, act::run);
        assertEquals(ProblemCode.ILLEGAL_STATE, problem.code());
    }

    @Test
    void meterThatAnswersTwiceIsAcceptedFirstAndDoneLater() {
        DeviceCommand command = relay();
        command.send(at(1));
        assertTrue(command.accepted(at(2)));
        assertEquals(CommandState.ACCEPTED, command.state());
        assertEquals(at(32), command.deadline);
        assertTrue(command.succeeded(at(3), "{\"relay\":\"open\"}"));
        assertEquals(CommandState.SUCCEEDED, command.state());
        assertNull(command.deadline);
    }

    @Test
    void executedBeforeAcceptedIsDoneAndTheLateAcceptanceIsIgnored() {
        DeviceCommand command = relay();
        command.send(at(1));
        assertTrue(command.succeeded(at(2), null));
        assertFalse(command.accepted(at(3)));
        assertFalse(command.succeeded(at(4), null));
        assertEquals(CommandState.SUCCEEDED, command.state());
    }

    @Test
    void silenceLeadsToAnotherAttemptUntilNoneIsLeft() {
        DeviceCommand command = relay();
        for (int attempt = 1; attempt <= 3; attempt++) {
            command.send(at(attempt * 100));
            command.overdue(at(attempt * 100 + 9));
            assertEquals(CommandState.SENT, command.state(), "not yet due");
            command.overdue(at(attempt * 100 + 10));
            assertEquals(attempt < 3 ? CommandState.QUEUED : CommandState.OUTCOME_UNKNOWN, command.state());
        }
        assertEquals(3, command.attempt());
        assertEquals(at(310), command.deadline, "the read-back is due at once");
    }

    @Test
    void anAcceptedCommandThatNeverFinishesIsRepeatedToo() {
        DeviceCommand command = relay();
        command.send(at(0));
        assertTrue(command.accepted(at(1)));
        command.overdue(at(31));
        assertEquals(CommandState.QUEUED, command.state());
    }

    @Test
    void aLateAnswerToAGivenUpAttemptStillCounts() {
        DeviceCommand queuedAgain = relay();
        queuedAgain.send(at(0));
        queuedAgain.overdue(at(10));
        assertTrue(queuedAgain.succeeded(at(12), null));
        assertEquals(CommandState.SUCCEEDED, queuedAgain.state());

        DeviceCommand unknown = outcomeUnknown(relay());
        assertTrue(unknown.failed(at(99), "STUCK", "relay does not move", null));
        assertEquals(CommandState.FAILED, unknown.state());
        assertEquals("STUCK", unknown.code());
    }

    @Test
    void aNeverSentCommandExpiresAndASentOneIsUnknown() {
        DeviceCommand never = relay();
        never.overdue(never.expiresAt);
        assertEquals(CommandState.EXPIRED, never.state());

        DeviceCommand once = relay();
        once.send(at(0));
        once.overdue(at(10));
        once.overdue(once.expiresAt);
        assertEquals(CommandState.OUTCOME_UNKNOWN, once.state());
    }

    @Test
    void aMomentIsNeverRepeatedNeitherAfterATimeoutNorByTheRelay() {
        DeviceCommand door = CommandFixture.command(CommandOp.momentary("door.open"), null, NOON);
        door.hand = 1;
        door.inRelay = true;
        door.send(at(1));
        assertFalse(door.mayRepeat(1));
        door.overdue(at(11));
        assertEquals(CommandState.OUTCOME_UNKNOWN, door.state());
        assertNull(door.deadline, "nothing can be read back");
        assertFalse(door.notAfter(at(1)).isAfter(at(10)));
    }

    @Test
    void aMomentMayNotWaitLongerThanTenSeconds() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new CommandOp(
                        "door.open",
                        OpKind.MOMENTARY,
                        null,
                        null,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(11),
                        1));
        DeviceCommand door = CommandFixture.command(CommandOp.momentary("door.open"), null, NOON);
        assertEquals(NOON.plusSeconds(10), door.expiresAt);
        refused(() -> door.send(at(10)));
    }

    @Test
    void creditNeedsAPurchaseNumberAndCannotBeTakenBackOnceSent() {
        assertThrows(Problem.class, () -> CommandFixture.command(CommandOp.incremental("credit.add"), null, NOON));
        DeviceCommand credit = CommandFixture.command(CommandOp.incremental("credit.add"), 7L, NOON);
        credit.send(at(0));
        credit.overdue(at(10));
        assertEquals(CommandState.QUEUED, credit.state());
        refused(() -> credit.cancel(at(11), "changed my mind"));
        refused(() -> credit.supersede(at(11), "newer"));
    }

    @Test
    void whatIsOnTheWireCannotBeCancelledOrSuperseded() {
        DeviceCommand command = relay();
        command.send(at(0));
        refused(() -> command.cancel(at(1), null));
        refused(() -> command.supersede(at(1), null));
        refused(() -> command.send(at(1)));
        refused(command::returnToQueue);
        assertEquals(CommandState.SENT, command.state());
    }

    @Test
    void theRelayMayRepeatAnUnansweredTransmissionOfTheSameHandOnly() {
        DeviceCommand command = relay();
        command.hand = 2;
        command.send(at(0));
        assertTrue(command.mayRepeat(2));
        assertFalse(command.mayRepeat(1));
        assertTrue(command.accepted(at(1)));
        assertFalse(command.mayRepeat(2));
    }

    @Test
    void theDeviceItselfMaySayThatItCameTooLate() {
        DeviceCommand command = relay();
        command.send(at(0));
        assertTrue(command.tooLate(at(1), "NOT_AFTER", null));
        assertEquals(CommandState.EXPIRED, command.state());
    }

    @Test
    void anAnswerToACommandThatWasNeverSentIsNotBelieved() {
        DeviceCommand command = relay();
        assertFalse(command.succeeded(at(1), null));
        assertFalse(command.accepted(at(1)));
        assertEquals(CommandState.QUEUED, command.state());
    }

    @Test
    void eachAttemptIsRemembered() {
        DeviceCommand command = relay();
        command.send(at(0));
        command.overdue(at(10));
        command.send(at(20));
        assertTrue(command.succeeded(at(21), null));
        assertEquals(2, command.touched().size());
        assertNotNull(command.touched().iterator().next().endedAt);
    }

    private static DeviceCommand outcomeUnknown(DeviceCommand command) {
        for (int attempt = 0; attempt < 3; attempt++) {
            command.send(at(attempt * 20));
            command.overdue(at(attempt * 20 + 10));
        }
        assertEquals(CommandState.OUTCOME_UNKNOWN, command.state());
        return command;
    }

    @Test
    void whatNobodyKnowsIsReadBackEverLessOftenAndAtLastLeftToAPerson() {
        DeviceCommand command = relay();
        Instant now = NOON;
        while (command.state() != CommandState.OUTCOME_UNKNOWN) {
            command.send(now);
            now = command.deadline;
            command.overdue(now);
        }
        int readBacks = 0;
        Duration longest = Duration.ZERO;
        while (command.deadline != null) {
            now = command.deadline;
            command.readBackIssued(now);
            readBacks++;
            if (command.deadline != null) {
                Duration pause = Duration.between(now, command.deadline);
                assertTrue(pause.compareTo(Duration.ofMinutes(5)) >= 0, pause.toString());
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
        }
        assertEquals(Duration.ofDays(1), longest);
        assertTrue(readBacks > 10 && readBacks < 20, readBacks + " read-backs");
        assertEquals(CommandState.OUTCOME_UNKNOWN, command.state());
    }

    @Test
    void readBacksCountFromTheDoubtHoweverLongTheCommandHadWaited() {
        Order patient = new Order(
                CommandFixture.DEVICE,
                CommandOp.absolute("relay.set").readBackBy("state.read"),
                java.util.Map.of(),
                CommandOrigin.SYSTEM,
                cloud.wuye.platform.security.Caller.system(CommandFixture.TENANT),
                null,
                null,
                null,
                Duration.ofDays(20));
        DeviceCommand command = patient.queue(cloud.wuye.platform.Ids.next(), CommandFixture.TENANT, "{}", NOON);
        Instant now = NOON.plus(Duration.ofDays(10));
        while (command.state() != CommandState.OUTCOME_UNKNOWN) {
            command.send(now);
            now = command.deadline;
            command.overdue(now);
        }
        command.readBackIssued(now);
        assertEquals(now.plus(Duration.ofMinutes(5)), command.deadline, "as soon as for any other");
    }
}
