package cloud.wuye.device.metering;

import cloud.wuye.tariff.BatchPrices;
import cloud.wuye.tariff.BatchPrices.Price;
import cloud.wuye.tariff.BatchPrices.Stretch;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A service point that somebody pays for: how far it is charged.
 *
 * @param register the counter that is charged
 * @param startsAt nothing that was used before is charged
 * @param waits whether it is to be charged anew, or has no price
 * @param shared whether another meter served it before, whose late readings may change its charges
 * @param monthUsed what stands on the count of the month's tiers
 */
record ChargedPoint(
        UUID tenantId,
        UUID pointId,
        UUID deviceId,
        MeterRegister register,
        UUID planId,
        Instant startsAt,
        Instant chargedUntil,
        boolean waits,
        BigDecimal monthUsed,
        BigDecimal yearUsed,
        boolean shared) {
    private static final int MONEY = 6;

    /** What an interval costs, all at one price. */
    record Line(
            Stretch stretch,
            Price price,
            PlainReadings.Interval interval,
            BigDecimal usedBefore,
            BigDecimal energy,
            BigDecimal service) {}

    /**
     * What is charged of a point in one go.
     *
     * @param lines none where nothing was used
     * @param last the stretch it now reaches into
     */
    record Charge(ChargedPoint point, Instant until, Stretch last, List<Line> lines) {
        BigDecimal quantity() {
            return lines.stream().map(line -> line.interval.quantity()).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal energy() {
            return lines.stream().map(Line::energy).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal service() {
            return lines.stream().map(Line::service).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    static ChargedPoint of(Row row) {
        return new ChargedPoint(
                row.getUUID(0),
                row.getUUID(1),
                row.getUUID(2),
                MeterRegister.valueOf(row.getString(3)),
                row.getUUID(4),
                row.getOffsetDateTime(5).toInstant(),
                row.getOffsetDateTime(6).toInstant(),
                row.getBoolean(7),
                row.getBigDecimal(8),
                row.getBigDecimal(9),
                row.getBoolean(10));
    }

    /** Whether these readings go on from what is charged. */
    boolean goesOnWith(PlainReadings readings) {
        return !waits
                && deviceId.equals(readings.state().counter().deviceId())
                && chargedUntil.equals(readings.state().baseAt())
                && readings.readings().get(0).at().isAfter(startsAt);
    }

    BatchPrices.Wanted wanted(PlainReadings readings) {
        return new BatchPrices.Wanted(
                tenantId, planId, chargedUntil, readings.last().at());
    }

    /**
     * Charges readings that go on from what is charged; null when an interval has no price or several, or the tiers' month
     * begins anew.
     */
    Charge charge(PlainReadings readings, BatchPrices prices) {
        List<Line> lines = new ArrayList<>(readings.intervals().size());
        Stretch first = null;
        Stretch last = null;
        BigDecimal more = BigDecimal.ZERO;
        for (PlainReadings.Interval interval : readings.intervals()) {
            last = prices.stretch(planId, interval.from(), interval.to());
            first = first == null ? last : first;
            if (last == null || !last.monthAt().equals(first.monthAt())) {
                return null;
            }
            if (interval.quantity().signum() > 0) {
                BigDecimal start = start(last, more);
                Price price = last.price(start, start.add(interval.quantity()));
                if (price == null) {
                    return null;
                }
                lines.add(new Line(
                        last,
                        price,
                        interval,
                        start,
                        amount(interval.quantity(), price.energy()),
                        amount(interval.quantity(), price.service())));
                more = more.add(interval.quantity());
            }
        }
        return new Charge(this, readings.last().at(), last, lines);
    }

    private BigDecimal start(Stretch stretch, BigDecimal more) {
        if (stretch.tiers() == null) {
            return BigDecimal.ZERO;
        }
        return (stretch.tiers().equals("MONTH") ? monthUsed : yearUsed).add(more);
    }

    private static BigDecimal amount(BigDecimal quantity, BigDecimal price) {
        return quantity.multiply(price).setScale(MONEY, RoundingMode.HALF_UP);
    }
}
