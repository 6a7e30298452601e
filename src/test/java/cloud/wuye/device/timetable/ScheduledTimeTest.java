package cloud.wuye.device.timetable;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledTimeTest {
    @ParameterizedTest
    @ValueSource(strings = {"*/30 * * * *", "0 6 * * *", "*/5 8-11 * * 1-5", "0,15,30,45 0-11 1 * *", "0 0 30 2 *"})
    void halfHourlyIsDenseEnough(String line) {
        assertDoesNotThrow(() -> ScheduledTime.check(List.of(cron(line))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * * *", "*/15 * * * *", "*/5 8-12 * * 1-5", "* 3 29 2 *"})
    void whatComesMoreOftenIsRefused(String line) {
        assertTooDense(List.of(cron(line)));
    }

    @Test
    void linesAreCountedTogetherAndTimesOfDayAreNot() {
        assertTooDense(List.of(cron("0 * * * *"), cron("30 * * * *"), cron("45 23 * * *")));
        assertDoesNotThrow(() -> ScheduledTime.check(Stream.concat(
                        Stream.of(cron("0 * * * *"), cron("30 * * * *")),
                        Stream.of(new ScheduledTime("READ", "06:15", List.of(), null, null)))
                .toList()));
    }

    private static void assertTooDense(List<ScheduledTime> times) {
        Problem problem = assertThrows(Problem.class, () -> ScheduledTime.check(times));
        assertEquals(ProblemCode.TIMETABLE_TOO_DENSE, problem.code());
        assertEquals("times", problem.field());
    }

    private static ScheduledTime cron(String line) {
        return new ScheduledTime("READ", null, null, line, null);
    }
}
