// Mobile-payment-like records with a known probability of fraud: under construction.
export {};
