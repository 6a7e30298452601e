package cloud.wuye.device.timetable;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Local times that come again, in their order, without any zone: the wall clock of a place where no clock is ever changed. */
interface Recurrence {
    /** The first time after this one. */
    Optional<LocalDateTime> after(LocalDateTime time);

    /** The last time before this one. */
    Optional<LocalDateTime> before(LocalDateTime time);

    /** Whether another one may fall on the same times; only used to refuse contradictions. */
    default boolean collidesWith(Recurrence other) {
        return equals(other);
    }

    /** A time of day on some days of the week. */
    static Recurrence weekly(LocalTime time, Set<DayOfWeek> days) {
        return new Weekly(time, days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days));
    }

    /**
     * A Unix cron line of five fields.
     *
     * @throws IllegalArgumentException when it is not one
     */
    static Recurrence cron(String line) {
        return new Cron(
                line,
                ExecutionTime.forCron(
                        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(line)));
    }

    /** See {@link #weekly}. */
    record Weekly(LocalTime time, Set<DayOfWeek> days) implements Recurrence {
        @Override
        public Optional<LocalDateTime> after(LocalDateTime after) {
            return java.util.stream.IntStream.rangeClosed(0, 7)
                    .mapToObj(day -> after.toLocalDate().plusDays(day).atTime(time))
                    .filter(each -> each.isAfter(after) && days.contains(each.getDayOfWeek()))
                    .findFirst();
        }

        @Override
        public Optional<LocalDateTime> before(LocalDateTime before) {
            return java.util.stream.IntStream.rangeClosed(0, 7)
                    .mapToObj(day -> before.toLocalDate().minusDays(day).atTime(time))
                    .filter(each -> each.isBefore(before) && days.contains(each.getDayOfWeek()))
                    .findFirst();
        }

        @Override
        public boolean collidesWith(Recurrence other) {
            return other instanceof Weekly weekly
                    && weekly.time.equals(time)
                    && weekly.days.stream().anyMatch(days::contains);
        }
    }

    /** See {@link #cron}. The library is asked in UTC, where no clock changes: what a change means is ours to say. */
    record Cron(String line, ExecutionTime times) implements Recurrence {
        @Override
        public Optional<LocalDateTime> after(LocalDateTime after) {
            return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(java.time.ZonedDateTime::toLocalDateTime);
        }

        @Override
        public Optional<LocalDateTime> before(LocalDateTime before) {
            return times.lastExecution(before.atZone(ZoneOffset.UTC)).map(java.time.ZonedDateTime::toLocalDateTime);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cron cron && cron.line.equals(line);
        }

        @Override
        public int hashCode() {
            return line.hashCode();
        }
    }
}
