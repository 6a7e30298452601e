package cloud.wuye.tariff.rating;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The versions of a plan in its company's zone, laid out over time. The price of an instant is what the table says of the
 * local time that a clock on the wall shows then: an hour that the clock skips costs nothing because it does not exist, one
 * that it shows twice costs twice.
 *
 * @param versions published ones that do not overlap, in order
 */
public record Tariff(ZoneId zone, List<TariffVersionTerms> versions) {
    public Tariff {
        versions = List.copyOf(versions);
    }

    /** The segments of this stretch of time, in order and as long as may be; none where no version holds. */
    public List<Segment> segments(Instant from, Instant to) {
        List<Segment> found = new ArrayList<>();
        LocalDate day = LocalDate.ofInstant(from, zone);
        while (start(day).isBefore(to)) {
            TariffVersionTerms version = versionOn(day);
            if (version != null) {
                addDay(found, version, day, from, to);
            }
            day = day.plusDays(1);
        }
        return found;
    }

    private TariffVersionTerms versionOn(LocalDate day) {
        return versions.stream()
                .filter(version -> version.holds(day))
                .findFirst()
                .orElse(null);
    }

    private void addDay(List<Segment> found, TariffVersionTerms version, LocalDate day, Instant from, Instant to) {
        Instant month = start(day.withDayOfMonth(1));
        Instant year = start(day.withDayOfYear(1));
        PricePeriod[] minutes = minutes(version.terms(), day);
        Instant end = start(day.plusDays(1));
        for (Instant at = start(day); at.isBefore(end); ) {
            Instant next = nextChange(minutes, at, end);
            Instant begin = at.isBefore(from) ? from : at;
            Instant stop = next.isAfter(to) ? to : next;
            if (begin.isBefore(stop)) {
                add(found, new Segment(begin, stop, version, minutes[minute(at)], month, year));
            }
            at = next;
        }
    }

    /** The first instant after this one at which the wall clock shows another kind of hours, or the clock is changed. */
    private Instant nextChange(PricePeriod[] minutes, Instant at, Instant end) {
        int minute = minute(at);
        int next = minute;
        while (next < HourRange.DAY && minutes[next] == minutes[minute]) {
            next++;
        }
        ZoneOffset offset = zone.getRules().getOffset(at);
        LocalDate day = LocalDate.ofInstant(at, zone);
        Instant changed = next == HourRange.DAY
                ? day.plusDays(1).atStartOfDay().toInstant(offset)
                : day.atTime(LocalTime.ofSecondOfDay(next * 60L)).toInstant(offset);
        ZoneOffsetTransition transition = zone.getRules().nextTransition(at);
        if (transition != null && transition.getInstant().isBefore(changed)) {
            changed = transition.getInstant();
        }
        return changed.isAfter(end) ? end : changed;
    }

    private int minute(Instant at) {
        return LocalTime.ofInstant(at, zone).toSecondOfDay() / 60;
    }

    private static PricePeriod[] minutes(TariffTerms terms, LocalDate day) {
        PricePeriod[] minutes = new PricePeriod[HourRange.DAY];
        if (terms.basis() == PriceBasis.FLAT) {
            java.util.Arrays.fill(minutes, PricePeriod.ALL_DAY);
            return minutes;
        }
        DayKind kind = terms.holidays().kind(day);
        Season season = terms.seasons().stream()
                .filter(each -> each.holds(day))
                .findFirst()
                .orElseThrow();
        DayTable table = season.days().stream()
                .filter(each -> each.kinds().contains(kind))
                .findFirst()
                .orElseThrow();
        for (HourRange hours : table.hours()) {
            for (int i = 0; i < hours.minutes(); i++) {
                minutes[(hours.fromMinute() + i) % HourRange.DAY] = hours.period();
            }
        }
        return minutes;
    }

    private static void add(List<Segment> found, Segment segment) {
        int last = found.size() - 1;
        if (last >= 0 && found.get(last).continues(segment)) {
            found.set(last, found.get(last).until(segment.to()));
        } else {
            found.add(segment);
        }
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
