package cloud.wuye.payment.order;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/** Use case: somebody is going to pay for something. Nothing is asked of a channel yet. */
@ApplicationScoped
public class PlaceOrder {
    private final PaymentOrders orders;
    private final PaymentTermsStore terms;
    private final TenantRegistry tenants;
    private final Clock clock;

    PlaceOrder(PaymentOrders orders, PaymentTermsStore terms, TenantRegistry tenants, Clock clock) {
        this.orders = orders;
        this.terms = terms;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Places an order in the caller's transaction, so that what it buys is written down with it. A repeated click, known
     * by the client's key, gives the order of the first; the same key for something else is refused with ORDER_KEY_REUSED.
     */
    public Uni<PlacedOrder> place(SqlConnection tx, Caller caller, NewOrder wanted) {
        return terms.of(tx).flatMap(agreed -> place(tx, caller, wanted, agreed));
    }

    /** The same without a surcharge, whatever the company's terms: for money that has come already. */
    Uni<PlacedOrder> atCompanysCost(SqlConnection tx, Caller caller, NewOrder wanted) {
        return terms.of(tx).flatMap(agreed -> place(tx, caller, wanted, agreed.atCompanysCost()));
    }

    private Uni<PlacedOrder> place(SqlConnection tx, Caller caller, NewOrder wanted, PaymentTerms agreed) {
        PaymentOrder order = draft(caller, wanted, agreed);
        return orders.add(tx, order)
                .flatMap(added -> added ? Uni.createFrom().item(PlacedOrder.of(order, true)) : earlier(tx, order));
    }

    /** What would come on top of such a price now, in fen. */
    public Uni<Long> surchargeFen(SqlConnection connection, long payableFen) {
        return terms.of(connection).map(agreed -> agreed.surchargeFen(payableFen));
    }

    /**
     * What an earlier click of the caller's with this key placed, whatever has become of it; null for the first. For whoever could not
     * place it again, because it is paid. ORDER_KEY_REUSED when it was for something else.
     */
    public Uni<PlacedOrder> placedBefore(SqlConnection tx, Caller caller, String clientKey, String wish) {
        return orders.byClick(tx, caller.subject(), clientKey)
                .map(first -> first == null ? null : requireSame(first, wish));
    }

    private Uni<PlacedOrder> earlier(SqlConnection tx, PaymentOrder order) {
        return orders.byClick(tx, order.placedBy, order.clientKey).map(first -> requireSame(first, order.wish));
    }

    private static PlacedOrder requireSame(PaymentOrder first, String wish) {
        if (!first.wish.equals(wish)) {
            throw new Problem(ProblemCode.ORDER_KEY_REUSED, "clientKey");
        }
        return PlacedOrder.of(first, false);
    }

    private PaymentOrder draft(Caller caller, NewOrder wanted, PaymentTerms agreed) {
        UUID tenant = caller.requireTenant();
        Instant now = clock.now();
        PaymentOrder order = new PaymentOrder();
        order.id = Ids.next();
        order.tenantId = tenant;
        order.orderNo = OrderNumbers.next(now.atZone(zone(tenant)).toLocalDate());
        order.purpose = wanted.purpose();
        order.subjectId = wanted.subjectId();
        order.subjectName = wanted.subjectName();
        order.payer = wanted.payer();
        order.placedBy = caller.subject();
        order.clientKey = wanted.clientKey();
        order.wish = wanted.wish();
        order.payableFen = wanted.payableFen();
        order.terms = agreed;
        order.surchargeFen = agreed.surchargeFen(wanted.payableFen());
        order.createdAt = now;
        order.expiresAt = now.plus(agreed.payWithin());
        return order;
    }

    private ZoneId zone(UUID tenant) {
        return tenants.byId(tenant).map(Tenant::zone).orElse(ZoneId.of("UTC"));
    }
}
