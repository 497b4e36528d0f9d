export * from '../../engine/figure-text'
