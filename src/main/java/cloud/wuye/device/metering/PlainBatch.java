package cloud.wuye.device.metering;

import static cloud.wuye.platform.db.Columns.column;
import static cloud.wuye.platform.db.Columns.numbers;
import static cloud.wuye.platform.db.Columns.texts;
import static cloud.wuye.platform.db.Columns.times;
import static cloud.wuye.platform.db.Columns.utc;
import static cloud.wuye.platform.db.Columns.uuids;

import cloud.wuye.device.metering.ChargedPoint.Charge;
import cloud.wuye.device.metering.ChargedPoint.Line;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plain readings of a batch with all that they move, gathered for one statement (record-plain.sql). */
final class PlainBatch {
    static final String RECORD = Statement.named("record-plain");

    private final List<RegisterReading> readings = new ArrayList<>();
    private final List<Moved> moved = new ArrayList<>();
    private final List<Closed> hours = new ArrayList<>();
    private final List<Day> days = new ArrayList<>();
    private final List<Charged> lines = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();

    private record Moved(String place, Instant at, BigDecimal value, CountedHour open) {}

    private record Closed(CounterState state, CountedHour hour) {}

    private record Day(CounterState state, LocalDate day, CountedHour sum) {}

    private record Charged(ChargedPoint point, Line line) {}

    /** @param charge null where nobody pays */
    void add(PlainReadings plain, Charge charge) {
        readings.addAll(plain.readings());
        CounterState state = plain.state();
        Map<LocalDate, CountedHour> sums = new LinkedHashMap<>(4);
        CountedHour open = plain.count(
                (day, hour) -> {
                    hours.add(new Closed(state, hour));
                    sums.merge(day, hour, CountedHour::plus);
                },
                day -> sums.merge(day, new CountedHour(null, BigDecimal.ZERO, 0, 0), CountedHour::plus));
        sums.forEach((day, sum) -> days.add(new Day(state, day, sum)));
        moved.add(new Moved(state.place(), plain.last().at(), plain.last().value(), open));
        if (charge != null) {
            charges.add(charge);
            charge.lines().forEach(line -> lines.add(new Charged(charge.point(), line)));
        }
    }

    int size() {
        return readings.size();
    }

    /** The counters of points that batches of other meters may come to as well. */
    Set<Counter> shared() {
        Set<Counter> shared = new HashSet<>();
        for (Charge charge : charges) {
            ChargedPoint point = charge.point();
            if (point.shared()) {
                shared.add(new Counter(point.tenantId(), point.deviceId(), point.register()));
            }
        }
        return shared;
    }

    Uni<Void> record(SqlClient tx, Instant now) {
        return readings.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(RECORD)
                        .execute(columns(now))
                        .invoke(rows -> requireMoved(rows.rowCount()))
                        .replaceWithVoid();
    }

    /** The counters are found by where they were when they were locked; one that is elsewhere must not be lost. */
    private void requireMoved(int found) {
        if (found != moved.size()) {
            throw new IllegalStateException(
                    found + " of " + moved.size() + " locked counters were where they had been");
        }
    }

    Tuple columns(Instant now) {
        return Tuple.from(new Object[] {
            uuids(readings, RegisterReading::tenantId),
            uuids(readings, RegisterReading::deviceId),
            texts(readings, each -> each.register().name()),
            times(readings, RegisterReading::at),
            uuids(readings, RegisterReading::eventId),
            numbers(readings, RegisterReading::value),
            times(readings, RegisterReading::receivedAt),
            times(readings, each -> each.deviceTime().equals(each.at()) ? null : each.deviceTime()),
            texts(readings, each -> each.origin().name()),
            texts(readings, RegisterReading::reason),
            texts(moved, Moved::place),
            times(moved, Moved::at),
            numbers(moved, Moved::value),
            times(moved, each -> each.open.hour()),
            numbers(moved, each -> each.open.quantity()),
            column(moved, Long[]::new, each -> each.open.coveredMicros()),
            column(moved, Integer[]::new, each -> each.open.readings()),
            uuids(hours, each -> each.state.counter().tenantId()),
            uuids(hours, each -> each.state.counter().deviceId()),
            texts(hours, each -> each.state.counter().register().name()),
            uuids(hours, each -> each.state.servicePointId()),
            times(hours, each -> each.hour.hour()),
            numbers(hours, each -> each.hour.quantity()),
            column(hours, Long[]::new, each -> each.hour.coveredMicros()),
            column(hours, Integer[]::new, each -> each.hour.readings()),
            uuids(days, each -> each.state.counter().tenantId()),
            uuids(days, each -> each.state.counter().deviceId()),
            texts(days, each -> each.state.counter().register().name()),
            uuids(days, each -> each.state.servicePointId()),
            column(days, LocalDate[]::new, Day::day),
            numbers(days, each -> each.sum.quantity()),
            column(days, Long[]::new, each -> each.sum.coveredMicros()),
            column(days, Integer[]::new, each -> each.sum.readings()),
            utc(now),
            uuids(lines, each -> each.point.tenantId()),
            uuids(lines, each -> each.point.pointId()),
            uuids(lines, each -> each.point.deviceId()),
            uuids(lines, each -> each.line.stretch().versionId()),
            times(lines, each -> each.line.interval().from()),
            times(lines, each -> each.line.interval().to()),
            column(lines, Short[]::new, each -> (short) each.line.price().tier()),
            texts(lines, each -> each.line.stretch().period()),
            numbers(lines, each -> each.line.interval().quantity()),
            numbers(lines, each -> each.line.usedBefore()),
            numbers(lines, each -> each.line.price().energy()),
            numbers(lines, each -> each.line.price().service()),
            numbers(lines, each -> each.line.energy()),
            numbers(lines, each -> each.line.service()),
            uuids(charges, each -> each.point().tenantId()),
            uuids(charges, each -> each.point().pointId()),
            times(charges, Charge::until),
            times(charges, each -> each.last().monthAt()),
            times(charges, each -> each.last().yearAt()),
            numbers(charges, Charge::quantity),
            numbers(charges, Charge::energy),
            numbers(charges, Charge::service)
        });
    }
}
