package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to clearing credit. */
@GraphQLApi
public class MeterClearApi {
    private final ClearMeter clear;
    private final PayOutClearing payOut;
    private final CreditQueries queries;

    MeterClearApi(ClearMeter clear, PayOutClearing payOut, CreditQueries queries) {
        this.clear = clear;
        this.payOut = payOut;
        this.queries = queries;
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description(
            "清零: sets a meter's credit to zero, after charging what was read. Where the meter counts its credit it "
                    + "is told to, and the record is UNDER_WAY until it has. To pay back what is left there the meter has to have said "
                    + "within the last 15 minutes how much that is: CREDIT_UNKNOWN else, and readMeters asks it. Arrears can "
                    + "only be written off.")
    public Uni<MeterClearView> clearMeter(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @NonNull @NotBlank @Size(max = 500) @Description("Why, for the record.") String reason,
            @NonNull @Description("What becomes of what is left.") Remainder remainder,
            @NonNull
                    @NotBlank
                    @Size(max = 100)
                    @Description("The client's own key for this click; a repetition finds what the first one did.")
                    String clientKey) {
        return clear.clear(deviceId, reason, remainder, clientKey);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Staff have paid out by hand what is owed of a cleared credit. Refused with CASH_DESK_TOO_LOW if the "
            + "cash desk holds less. The same receipt again changes nothing.")
    public Uni<MeterClearView> payOutClearing(
            @Id @NonNull @Description("The clearing.") UUID id,
            @NonNull @NotBlank @Size(max = 64) @Description("The number of the receipt.") String receiptNo) {
        return payOut.paidOut(id, receiptNo);
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("清零记录: clearings of credit, newest first unless asked otherwise.")
    public Uni<MeterClearRecordConnection> meterClearRecords(
            @Description("Which clearings.") MeterClearRecordFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") MeterClearRecordSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.clears(
                        filter == null ? MeterClearRecordFilterInput.NONE : filter,
                        ListSort.order(sort, MeterClearRecordSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(MeterClearRecordConnection::new);
    }
}
