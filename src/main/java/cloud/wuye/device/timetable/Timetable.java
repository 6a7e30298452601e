package cloud.wuye.device.timetable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * When what happens, in one zone. Pure: no clock, no database.
 *
 * <p>A local time that the clock's going forward skips happens at the moment of the change; one that occurs twice because
 * the clock goes back happens the first time only. So instants follow the order of local times, and off-then-on never
 * becomes on-then-off.
 *
 * @param <A> what happens; when several things fall on one instant, the one last in local time and in the list counts
 */
final class Timetable<A> {
    /** No zone's clock has been changed by more. */
    private static final Duration LONGEST_CHANGE = Duration.ofHours(25);

    /** Days that do not fit; looking past more of them finds only what never comes. */
    private static final int FARTHEST = 1_600;

    private final ZoneId zone;
    private final Holidays holidays;
    private final List<Entry<A>> entries;

    Timetable(ZoneId zone, Holidays holidays, List<Entry<A>> entries) {
        this.zone = zone;
        this.holidays = holidays;
        this.entries = List.copyOf(entries);
    }

    /** Times, on which days they count, and what then happens. */
    record Entry<A>(Recurrence times, DayRule rule, A action) {}

    /** One thing that happens. */
    record Moment<A>(Instant at, LocalDateTime local, A action) {}

    /** The first moment after this instant, or empty if none ever comes. */
    Optional<Moment<A>> next(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, zone).minus(LONGEST_CHANGE);
        Instant first = candidates(
                        entry -> search(entry, from, true, moment -> moment.at().isAfter(after)))
                .stream()
                .map(Moment::at)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return first == null ? Optional.empty() : last(first);
    }

    /** The last moment at or before this instant: what holds then. Empty if nothing ever came before. */
    Optional<Moment<A>> last(Instant at) {
        LocalDateTime from = LocalDateTime.ofInstant(at, zone).plus(LONGEST_CHANGE);
        // The list is in the order of the entries and max keeps the later of equals.
        return candidates(entry ->
                        search(entry, from, false, moment -> !moment.at().isAfter(at)))
                .stream()
                .reduce((one, other) -> other.local().isBefore(one.local()) ? one : other);
    }

    /** The next so many moments. */
    List<Moment<A>> upcoming(Instant after, int count) {
        List<Moment<A>> moments = new ArrayList<>(count);
        Optional<Moment<A>> next = next(after);
        while (next.isPresent() && moments.size() < count) {
            moments.add(next.get());
            next = next(next.get().at());
        }
        return moments;
    }

    private List<Moment<A>> candidates(Function<Entry<A>, Moment<A>> search) {
        return entries.stream().map(search).filter(Objects::nonNull).toList();
    }

    /** A day that does not fit is passed over at one step, however many times it has. */
    private Moment<A> search(
            Entry<A> entry, LocalDateTime from, boolean forward, java.util.function.Predicate<Moment<A>> wanted) {
        int unfit = 0;
        Optional<LocalDateTime> local = step(entry, from, forward);
        while (local.isPresent() && unfit < FARTHEST) {
            LocalDateTime time = local.get();
            if (holidays.fits(entry.rule(), time.toLocalDate())) {
                Moment<A> moment = new Moment<>(instant(time, zone), time, entry.action());
                if (wanted.test(moment)) {
                    return moment;
                }
                local = step(entry, time, forward);
            } else {
                unfit++;
                LocalDateTime midnight = time.toLocalDate().atStartOfDay();
                local = step(entry, forward ? midnight.plusDays(1).minusNanos(1) : midnight, forward);
            }
        }
        return null;
    }

    private static Optional<LocalDateTime> step(Entry<?> entry, LocalDateTime from, boolean forward) {
        return forward ? entry.times().after(from) : entry.times().before(from);
    }

    /** The instant of a local time, by the rule above. */
    static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : ZonedDateTime.ofLocal(local, zone, null).toInstant();
    }
}
