package cloud.wuye.tariff.rating;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What a version of a tariff says, whole and consistent: every minute of every day has one kind of hours, every tier and
 * kind of hours one price. Whatever is not so is refused when the terms are made.
 *
 * @param servicePrice the service price of rates that name none
 * @param tiers null for one tier without end
 * @param cap null for none
 */
@RegisterForReflection
public record TariffTerms(
        PriceBasis basis,
        List<Season> seasons,
        Tiers tiers,
        BigDecimal servicePrice,
        List<Rate> rates,
        GridCap cap,
        Holidays holidays) {
    private static final int PRICE_DECIMALS = 6;
    private static final int QUANTITY_DECIMALS = 4;
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1000000");
    private static final BigDecimal HIGHEST_TIER = new BigDecimal("1000000000");
    private static final int MOST_TIERS = 12;

    public TariffTerms {
        seasons = seasons == null ? List.of() : List.copyOf(seasons);
        servicePrice = servicePrice == null ? BigDecimal.ZERO : servicePrice;
        rates = List.copyOf(rates);
        holidays = holidays == null ? Holidays.NONE : holidays;
        price("servicePrice", servicePrice);
        if (basis == PriceBasis.FLAT && !seasons.isEmpty()) {
            throw new Problem(ProblemCode.VALIDATION, "seasons", "FLAT");
        }
        if (basis == PriceBasis.TIME_OF_USE) {
            SeasonCover.check(seasons);
        }
        check(tiers);
        checkRates(basis, seasons, tiers, rates, cap);
    }

    /** The same with these days for its holidays. */
    public TariffTerms with(Holidays days) {
        return new TariffTerms(basis, seasons, tiers, servicePrice, rates, cap, days);
    }

    /** How many tiers there are. */
    int tierCount() {
        return count(tiers);
    }

    /** The kinds of hours that occur. */
    Set<PricePeriod> periods() {
        return periods(basis, seasons);
    }

    /** Every price as it is charged, by tier and then kind of hours. */
    public List<PriceCell> prices() {
        List<PriceCell> cells = new ArrayList<>();
        eachCell((tier, period) -> {
            PriceCheck checked = checked(tier, period);
            cells.add(new PriceCell(
                    tier,
                    tierFrom(tier),
                    tierTo(tier),
                    period,
                    checked == null ? rate(tier, period).energyPrice() : checked.chargedEnergyPrice(),
                    checked == null ? service(rate(tier, period)) : checked.chargedServicePrice()));
        });
        return cells;
    }

    /** Every price held against the grid's; empty without a cap. */
    public List<PriceCheck> priceCheck() {
        List<PriceCheck> checks = new ArrayList<>();
        if (cap != null) {
            eachCell((tier, period) -> checks.add(checked(tier, period)));
        }
        return checks;
    }

    private interface Cell {
        void at(int tier, PricePeriod period);
    }

    private void eachCell(Cell cell) {
        for (int tier = 1; tier <= tierCount(); tier++) {
            for (PricePeriod period : periods()) {
                cell.at(tier, period);
            }
        }
    }

    private PriceCheck checked(int tier, PricePeriod period) {
        if (cap == null) {
            return null;
        }
        Rate rate = rate(tier, period);
        BigDecimal grid = cap.prices().stream()
                .filter(price -> price.fits(tier, period))
                .findFirst()
                .orElseThrow()
                .price();
        BigDecimal service = service(rate);
        BigDecimal counts = cap.serviceCounts() ? rate.energyPrice().add(service) : rate.energyPrice();
        BigDecimal excess = counts.subtract(grid).max(BigDecimal.ZERO);
        boolean lowered = excess.signum() > 0 && cap.mode() == CapMode.LOWER;
        BigDecimal energy = lowered ? rate.energyPrice().min(grid) : rate.energyPrice();
        PriceVerdict verdict =
                excess.signum() == 0 ? PriceVerdict.WITHIN : lowered ? PriceVerdict.LOWERED : PriceVerdict.REFUSED;
        return new PriceCheck(
                tier,
                period,
                rate.energyPrice(),
                service,
                grid,
                excess,
                energy,
                lowered && cap.serviceCounts() ? service.min(grid.subtract(energy)) : service,
                verdict);
    }

    private Rate rate(int tier, PricePeriod period) {
        return rates.stream()
                .filter(candidate -> candidate.fits(tier, period))
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal service(Rate rate) {
        return rate.servicePrice() == null ? servicePrice : rate.servicePrice();
    }

    private BigDecimal tierFrom(int tier) {
        return tier == 1 ? BigDecimal.ZERO : tiers.upTo().get(tier - 2);
    }

    private BigDecimal tierTo(int tier) {
        return tier == tierCount() ? null : tiers.upTo().get(tier - 1);
    }

    private static int count(Tiers tiers) {
        return tiers == null ? 1 : tiers.upTo().size() + 1;
    }

    private static Set<PricePeriod> periods(PriceBasis basis, List<Season> seasons) {
        if (basis == PriceBasis.FLAT) {
            return EnumSet.of(PricePeriod.ALL_DAY);
        }
        Set<PricePeriod> found = EnumSet.noneOf(PricePeriod.class);
        seasons.forEach(
                season -> season.days().forEach(table -> table.hours().forEach(hours -> found.add(hours.period()))));
        return found;
    }

    private static void check(Tiers tiers) {
        if (tiers == null) {
            return;
        }
        if (tiers.upTo().isEmpty() || tiers.upTo().size() >= MOST_TIERS) {
            throw new Problem(ProblemCode.VALIDATION, "tiers", Detail.between(1, MOST_TIERS - 1));
        }
        BigDecimal before = BigDecimal.ZERO;
        for (BigDecimal end : tiers.upTo()) {
            boolean fine = end.compareTo(before) > 0
                    && end.compareTo(HIGHEST_TIER) <= 0
                    && end.stripTrailingZeros().scale() <= QUANTITY_DECIMALS;
            if (!fine) {
                throw new Problem(ProblemCode.VALIDATION, "tiers.upTo", end.toPlainString());
            }
            before = end;
        }
    }

    private static void checkRates(PriceBasis basis, List<Season> seasons, Tiers tiers, List<Rate> rates, GridCap cap) {
        for (Rate rate : rates) {
            price("rates.energyPrice", rate.energyPrice());
            if (rate.servicePrice() != null) {
                price("rates.servicePrice", rate.servicePrice());
            }
        }
        Set<PricePeriod> periods = periods(basis, seasons);
        int count = count(tiers);
        rates.forEach(rate -> known("rates", rate.tier(), rate.period(), count, periods));
        if (cap != null) {
            cap.prices().forEach(grid -> price("cap.prices.price", grid.price()));
            cap.prices().forEach(grid -> known("cap.prices", grid.tier(), grid.period(), count, periods));
        }
        for (PricePeriod period : periods) {
            once("rates", period, count, tier -> rates.stream()
                    .filter(rate -> rate.fits(tier, period))
                    .count());
            if (cap != null) {
                once("cap.prices", period, count, tier -> cap.prices().stream()
                        .filter(grid -> grid.fits(tier, period))
                        .count());
            }
        }
    }

    private static void known(String field, Integer tier, PricePeriod period, int tiers, Set<PricePeriod> periods) {
        if ((tier != null && (tier < 1 || tier > tiers)) || (period != null && !periods.contains(period))) {
            throw new Problem(ProblemCode.TARIFF_RATE_UNUSED, field, tier == null ? "*" : tier, period);
        }
    }

    private static void once(String field, PricePeriod period, int tiers, IntFunction<Long> found) {
        for (int tier = 1; tier <= tiers; tier++) {
            long count = found.apply(tier);
            if (count != 1) {
                throw new Problem(
                        count == 0 ? ProblemCode.TARIFF_RATE_MISSING : ProblemCode.TARIFF_RATE_TWICE,
                        field,
                        tier,
                        period);
            }
        }
    }

    private static void price(String field, BigDecimal price) {
        if (price.signum() < 0
                || price.compareTo(HIGHEST_PRICE) > 0
                || price.stripTrailingZeros().scale() > PRICE_DECIMALS) {
            throw new Problem(ProblemCode.VALIDATION, field, price.toPlainString());
        }
    }
}
