package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Usage → rated lines. Pure; exact but for the roundings it states.
 *
 * <p>An interval is cut where the price may change. Its quantity is spread evenly over its time: what was used by an edge is
 * rounded to 4 decimals, half up, and a part gets the difference of its two edges, so that parts always add up to the
 * whole. A meter that counts each kind of hours itself is cut at versions and months only. Then each part fills the tiers
 * from where they stand, without further rounding of quantities. Each amount is rounded to 6 decimals.
 *
 * <p>The set-based twin for the hot path is the SQL function {@code rate_usage}; a property holds the two together.
 */
public final class RateUsage {
    private RateUsage() {}

    /** A piece of an interval under one segment. */
    private record Part(Instant from, Instant to, Segment segment, PricePeriod period, BigDecimal quantity) {}

    /**
     * Rates the usages of one meter. Their order in the list does not matter; intervals may not overlap, except those of
     * the several counters of one meter.
     *
     * <p>Usages that take back stand alone: they run the tiers down again, and must lie in one month, because what stood
     * on the count at the end of an earlier month is not known here. {@link #again} does it for longer ones.
     *
     * @param used what stands on the counts when the earliest of the intervals begins; for usages that take back, before
     *     they do
     * @throws NotRateable when no version holds at some time of an interval, or has no price for its counter
     */
    public static Rating rate(Tariff tariff, List<Usage> usages, Used used) {
        boolean back = usages.stream().anyMatch(usage -> usage.quantity().signum() < 0);
        if (!back) {
            return fill(parts(tariff, usages), used);
        }
        List<Usage> negated = usages.stream()
                .map(usage ->
                        new Usage(usage.from(), usage.to(), usage.quantity().negate(), usage.counter()))
                .toList();
        if (negated.stream().anyMatch(usage -> usage.quantity().signum() < 0)) {
            throw new NotRateable("usages that add and usages that take back are rated apart");
        }
        List<Part> parts = parts(tariff, negated);
        if (parts.stream().map(part -> part.segment().month()).distinct().count() > 1) {
            throw new NotRateable("what takes back over the end of a month is rated again as a whole");
        }
        BigDecimal sum = parts.stream().map(Part::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        Used after = used.plus(sum.negate());
        if (after.month().signum() < 0 || after.year().signum() < 0) {
            throw new NotRateable("more is taken back than was used");
        }
        List<RatedLine> lines = new ArrayList<>();
        fill(parts, after).lines().forEach(line -> lines.add(0, line.reversed()));
        return new Rating(lines, after);
    }

    /**
     * Rates closed intervals again after a correction: the old lines taken back, then the new ones. Exactly what rating the
     * corrected usages from scratch would have given, less what was charged. Pass all lines since the correction begins, up
     * to the end of the tiers' month or year, for a different quantity moves all that follows.
     *
     * @param charged the lines as they stand
     * @param corrected what those intervals used in truth
     * @param before what stood on the counts before the first of them
     */
    public static Rating again(Tariff tariff, List<RatedLine> charged, List<Usage> corrected, Used before) {
        Rating anew = rate(tariff, corrected, before);
        List<RatedLine> lines = new ArrayList<>();
        for (int i = charged.size() - 1; i >= 0; i--) {
            lines.add(charged.get(i).reversed());
        }
        lines.addAll(anew.lines());
        return new Rating(lines, anew.after());
    }

    private static List<Part> parts(Tariff tariff, List<Usage> usages) {
        List<Part> parts = new ArrayList<>();
        usages.forEach(usage -> parts.addAll(parts(tariff, usage)));
        parts.sort(Comparator.comparing(Part::from).thenComparing(Part::period).thenComparing(Part::to));
        return parts;
    }

    private static List<Part> parts(Tariff tariff, Usage usage) {
        // A jump within no time belongs to the hour that ends there, as it does in the consumption of hours.
        Instant from = usage.from().equals(usage.to()) ? usage.to().minus(1, ChronoUnit.MICROS) : usage.from();
        List<Segment> segments = tariff.segments(from, usage.to());
        requireCover(segments, from, usage.to());
        List<Part> parts = new ArrayList<>();
        for (Segment segment : usage.counter() == null ? segments : slices(segments)) {
            BigDecimal quantity = usedBy(usage, from, segment.to()).subtract(usedBy(usage, from, segment.from()));
            PricePeriod period =
                    usage.counter() == null || segment.version().terms().basis() == PriceBasis.FLAT
                            ? segment.period()
                            : usage.counter();
            parts.add(new Part(segment.from(), segment.to(), segment, period, quantity));
        }
        return parts;
    }

    private static void requireCover(List<Segment> segments, Instant from, Instant to) {
        Instant at = from;
        for (Segment segment : segments) {
            if (!segment.from().equals(at)) {
                throw new NotRateable("no version holds at " + at);
            }
            at = segment.to();
        }
        if (!at.equals(to)) {
            throw new NotRateable("no version holds at " + at);
        }
    }

    /** Segments of one version and month made one. */
    private static List<Segment> slices(List<Segment> segments) {
        List<Segment> slices = new ArrayList<>();
        for (Segment segment : segments) {
            int last = slices.size() - 1;
            boolean same = last >= 0
                    && slices.get(last).version().id().equals(segment.version().id())
                    && slices.get(last).month().equals(segment.month());
            if (same) {
                slices.set(last, slices.get(last).until(segment.to()));
            } else {
                slices.add(segment);
            }
        }
        return slices;
    }

    /** What of the interval's quantity was used by this instant: exact, then rounded half up to 4 decimals. */
    private static BigDecimal usedBy(Usage usage, Instant from, Instant at) {
        BigInteger whole = micros(from, usage.to());
        BigInteger share = usage.quantity().unscaledValue().multiply(micros(from, at));
        BigInteger rounded = share.shiftLeft(1).add(whole).divide(whole.shiftLeft(1));
        return new BigDecimal(rounded, Usage.DECIMALS);
    }

    private static Rating fill(List<Part> parts, Used used) {
        List<RatedLine> lines = new ArrayList<>();
        Used now = used;
        Segment before = null;
        for (Part part : parts) {
            if (before != null) {
                now = turned(now, before, part.segment());
            }
            before = part.segment();
            fill(lines, part, now);
            now = now.plus(part.quantity());
        }
        return new Rating(List.copyOf(lines), now);
    }

    private static Used turned(Used now, Segment before, Segment next) {
        return new Used(
                before.month().equals(next.month()) ? now.month() : BigDecimal.ZERO,
                before.year().equals(next.year()) ? now.year() : BigDecimal.ZERO);
    }

    private static void fill(List<RatedLine> lines, Part part, Used used) {
        if (part.quantity().signum() == 0) {
            return;
        }
        Tiers tiers = part.segment().version().terms().tiers();
        BigDecimal start = tiers == null ? BigDecimal.ZERO : used.in(tiers.reset());
        BigDecimal end = start.add(part.quantity());
        boolean priced = false;
        for (PriceCell price : part.segment().version().terms().prices()) {
            if (price.period() == part.period()) {
                priced = true;
                BigDecimal lower = start.max(price.tierFrom());
                BigDecimal upper = price.tierTo() == null ? end : end.min(price.tierTo());
                if (lower.compareTo(upper) < 0) {
                    lines.add(RatedLine.of(
                            reached(part, lower.subtract(start)),
                            reached(part, upper.subtract(start)),
                            part.segment(),
                            price,
                            upper.subtract(lower).setScale(Usage.DECIMALS),
                            lower.setScale(Usage.DECIMALS)));
                }
            }
        }
        if (!priced) {
            throw new NotRateable(
                    "version " + part.segment().version().number() + " has no price for " + part.period());
        }
    }

    /** When so much of the part was used, cut to the microsecond. */
    private static Instant reached(Part part, BigDecimal quantity) {
        BigInteger done = quantity.setScale(Usage.DECIMALS).unscaledValue().multiply(micros(part.from(), part.to()));
        return part.from().plus(done.divide(part.quantity().unscaledValue()).longValueExact(), ChronoUnit.MICROS);
    }

    private static BigInteger micros(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return BigInteger.valueOf(length.getSeconds())
                .multiply(BigInteger.valueOf(1_000_000))
                .add(BigInteger.valueOf(length.getNano() / 1_000));
    }
}
