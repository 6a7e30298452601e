package cloud.wuye.payment.reconciliation;

import org.eclipse.microprofile.graphql.Description;

/** How far the reconciliation of a day has come. Each step is one transaction, and begins again where it was interrupted. */
@Description("How far the reconciliation of a day has come.")
public enum RunState {
    @Description("Its bills are to be fetched.")
    DUE,
    @Description("Its bills are here; they are to be matched.")
    FETCHED,
    @Description("Differences are written down; the channel is being asked about payments that only its bill has.")
    MATCHED,
    @Description("Done; it can be repeated by hand.")
    DONE
}
