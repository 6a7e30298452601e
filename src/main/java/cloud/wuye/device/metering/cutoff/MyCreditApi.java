package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.metering.resident.MyMeterView;
import cloud.wuye.device.metering.resident.MyMeters;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** The GraphQL door for residents whose credit is used up. */
@GraphQLApi
public class MyCreditApi {
    private final CreditByHand byHand;
    private final MyMeters meters;

    MyCreditApi(CreditByHand byHand, MyMeters meters) {
        this.byHand = byHand;
        this.meters = meters;
    }

    @Mutation
    @NonNull
    @Description(
            "应急用电: takes the emergency credit of a meter of the caller's whose credit is used up, cut off or about to"
                    + " be; once, until it is repaid. Supply comes back. Asked again while it is taken, nothing changes.")
    @RolesAllowed(Roles.RESIDENT)
    public Uni<MyMeterView> useMyEmergencyCredit(@Id @NonNull @Description("The meter.") UUID deviceId) {
        return byHand.takeMyEmergency(deviceId).chain(() -> meters.one(deviceId));
    }
}
