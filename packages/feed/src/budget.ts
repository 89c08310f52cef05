/** placeholder to be replaced */
export interface Budgets { readonly x?: number }
