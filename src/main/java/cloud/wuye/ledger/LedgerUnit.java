package cloud.wuye.ledger;

import org.eclipse.microprofile.graphql.Description;

/** What an account counts. */
@Description("What an account counts.")
public enum LedgerUnit {
    @Description("Yuan.")
    CNY,
    @Description("Kilowatt-hours of electricity held as credit.")
    KWH,
    @Description("Cubic metres of water held as credit.")
    M3
}
