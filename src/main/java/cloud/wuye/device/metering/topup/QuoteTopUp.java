package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.device.metering.credit.CreditTheMeter;
import cloud.wuye.payment.order.PlaceOrder;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Tariffs;
import cloud.wuye.tariff.rating.PriceCell;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Use case: what a top-up would buy now. */
@ApplicationScoped
class QuoteTopUp {
    private final Db db;
    private final MeterAccounts accounts;
    private final Tariffs tariffs;
    private final TenantRegistry tenants;
    private final PlaceOrder place;
    private final Clock clock;

    QuoteTopUp(Db db, MeterAccounts accounts, Tariffs tariffs, TenantRegistry tenants, PlaceOrder place, Clock clock) {
        this.db = db;
        this.place = place;
        this.accounts = accounts;
        this.tariffs = tariffs;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * What somebody wants to buy: money's worth or a quantity, one of the two.
     *
     * @param fen in fen
     * @param quantity in kWh or m³; only where credit is counted in it
     */
    record Wish(Long fen, BigDecimal quantity) {
        Wish {
            if ((fen == null) == (quantity == null)) {
                throw new Problem(
                        ProblemCode.VALIDATION,
                        "amountFen",
                        Detail.of("须给出 {0} 或 {1} 之一", "needs either {0} or {1}", "amountFen", "quantity"));
            }
        }

        String words() {
            return fen != null ? fen + " fen" : quantity.stripTrailingZeros().toPlainString();
        }
    }

    /** A quote and the account it is for. */
    record Quoted(MeterAccount account, TopUpQuote quote) {}

    Uni<TopUpQuoteView> now(UUID deviceId, Wish wish) {
        return db.readSql(connection -> shown(connection, deviceId, wish));
    }

    /** The same on a connection of the caller's. */
    Uni<TopUpQuoteView> shown(SqlConnection connection, UUID deviceId, Wish wish) {
        return quote(connection, deviceId, wish).map(Quoted::quote).flatMap(quote -> place.surchargeFen(
                        connection, quote.payableFen())
                .map(surcharge -> TopUpQuoteView.of(quote, surcharge)));
    }

    /** The same inside a transaction of the caller's. */
    Uni<Quoted> quote(SqlConnection tx, UUID deviceId, Wish wish) {
        return accounts.require(tx, deviceId, "deviceId")
                .invoke(QuoteTopUp::requirePrepaid)
                .flatMap(account -> unitPrice(tx, account)
                        .flatMap(price -> accounts.balances(tx, List.of(account.pointId()))
                                .map(balances -> balances.get(account.pointId()).credit())
                                .map(credit -> new Quoted(account, quote(account, wish, price, credit)))));
    }

    private static TopUpQuote quote(MeterAccount account, Wish wish, BigDecimal price, BigDecimal credit) {
        if (account.authority() == CreditAuthority.METER) {
            return TopUpQuote.ofMeter(wish.fen(), wish.quantity(), price, credit);
        }
        if (wish.fen() != null) {
            return TopUpQuote.ofMoney(account.unit(), wish.fen(), price, credit);
        }
        if (account.unit() == CreditUnit.MONEY) {
            throw new Problem(ProblemCode.VALIDATION, "quantity", CreditUnit.MONEY);
        }
        return TopUpQuote.ofQuantity(wish.quantity(), price, credit);
    }

    private static void requirePrepaid(MeterAccount account) {
        if (account.mode() != BillingMode.PREPAID) {
            throw new Problem(ProblemCode.ACCOUNT_TERMS, "deviceId", account.mode() + ", " + account.authority());
        }
    }

    /**
     * What a unit of a meter that counts its own credit cost at some time, by its parts: its plan has but one price. Of a plan that
     * the account did not have then, what it costs now; of one without a price, energy is all there is.
     */
    Uni<CreditTheMeter.Price> price(SqlConnection tx, MeterAccount account, Instant at) {
        return prices(tx, account, at)
                .flatMap(then -> then.isEmpty()
                        ? prices(tx, account, clock.now())
                        : Uni.createFrom().item(then))
                .map(cells -> cells.isEmpty()
                        ? new CreditTheMeter.Price(BigDecimal.ONE, BigDecimal.ZERO)
                        : new CreditTheMeter.Price(
                                cells.get(0).energyPrice(), cells.get(0).servicePrice()));
    }

    /** What a unit costs now, energy and service, whenever it is used; null where that differs. */
    private Uni<BigDecimal> unitPrice(SqlConnection tx, MeterAccount account) {
        Instant now = clock.now();
        return prices(tx, account, now).map(cells -> {
            BigDecimal price = cells.isEmpty() ? null : onlyPrice(cells);
            if (price == null && account.unit() == CreditUnit.QUANTITY) {
                throw new Problem(ProblemCode.TARIFF_NOT_IN_FORCE, "deviceId", now);
            }
            return price;
        });
    }

    private Uni<List<PriceCell>> prices(SqlConnection tx, MeterAccount account, Instant now) {
        return tenants.findById(account.tenantId())
                .flatMap(tenant -> tariffs.inForce(
                        tx, account.planId(), tenant.orElseThrow().zone()))
                .map(tariff -> tariff.segments(now, now.plus(1, ChronoUnit.MICROS)))
                .map(segments -> segments.isEmpty()
                        ? List.of()
                        : segments.get(0).version().terms().prices());
    }

    private static BigDecimal onlyPrice(List<PriceCell> cells) {
        Set<BigDecimal> prices = cells.stream()
                .map(cell -> cell.energyPrice().add(cell.servicePrice()).stripTrailingZeros())
                .collect(Collectors.toSet());
        return prices.size() == 1 ? prices.iterator().next() : null;
    }
}
