package cloud.wuye.payment;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** A company's payment channels, whichever they are. Each channel's own settings have a door of their own. */
@GraphQLApi
public class PaymentChannelApi {
    private final Db db;
    private final CurrentCaller caller;
    private final PaymentChannels channels;
    private final SwitchPaymentChannel switching;
    private final TestPaymentChannel testing;

    PaymentChannelApi(
            Db db,
            CurrentCaller caller,
            PaymentChannels channels,
            SwitchPaymentChannel switching,
            TestPaymentChannel testing) {
        this.db = db;
        this.caller = caller;
        this.channels = channels;
        this.switching = switching;
        this.testing = testing;
    }

    @Query
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("The settings of the company's payment channel, or null when it is not configured.")
    public Uni<PaymentChannelView> paymentChannel(@NonNull @Description("Which channel.") ChannelKind kind) {
        return db.readSql(connection -> channels.find(connection, kind))
                .onItem()
                .ifNotNull()
                .transform(PaymentChannelView::of);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Calls the channel with the settings as they are, changing nothing there, and keeps what it met.")
    public Uni<PaymentChannelView> testPaymentChannel(@NonNull @Description("Which channel.") ChannelKind kind) {
        return testing.test(caller.get(), kind);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Lets new orders be paid through the channel. Its settings must have passed their test.")
    public Uni<PaymentChannelView> enablePaymentChannel(@NonNull @Description("Which channel.") ChannelKind kind) {
        return switching.enable(caller.get(), kind);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("No new orders through the channel. What is paid already is still taken in, and refunds go on.")
    public Uni<PaymentChannelView> disablePaymentChannel(
            @NonNull @Description("Which channel.") ChannelKind kind,
            @NonNull @NotBlank @Size(max = 500) @Description("Why; goes into the audit log.") String reason) {
        return switching.disable(caller.get(), kind, reason);
    }
}
