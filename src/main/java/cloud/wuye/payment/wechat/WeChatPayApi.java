package cloud.wuye.payment.wechat;

import cloud.wuye.payment.PaymentChannelView;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** Where a company enters its account at WeChat Pay. */
@GraphQLApi
public class WeChatPayApi {
    private final CurrentCaller caller;
    private final ConfigureWeChatPay configure;

    WeChatPayApi(CurrentCaller caller, ConfigureWeChatPay configure) {
        this.caller = caller;
        this.configure = configure;
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description(
            "Enters or changes the company's account at WeChat Pay. Secrets go in and never come out again. Send them"
                    + " as variables. Test the settings afterwards, then enable them.")
    public Uni<PaymentChannelView> configureWeChatPay(
            @NonNull @Valid @Description("The account.") ConfigureWeChatPayInput input) {
        return configure.configure(caller.get(), input);
    }
}
