package cloud.wuye.payment.order;

import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** The GraphQL door to the cash desk. */
@GraphQLApi
public class CashApi {
    private final HandInCash handIn;

    CashApi(HandInCash handIn) {
        this.handIn = handIn;
    }

    @Mutation("handInCash")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "What staff took by hand was handed in at the bank: CASH_DESK to BANK in the ledger. The slip's number stands for "
                    + "the money: entered again it changes nothing, with another amount or day it is refused.")
    public Uni<CashHandInView> handInCash(
            @NonNull @Description("How much, in fen; not more than the desk holds.") Long amountFen,
            @NonNull @Description("The number of the bank's slip.") String receiptNo,
            @NonNull @Description("When; not in the future.") LocalDate on) {
        return handIn.handIn(amountFen, receiptNo, on);
    }
}
